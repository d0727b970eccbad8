"""Projects by the name that people call them."""

from uuid import UUID

import typer

from scribe_client.client import Client


def project_id(client: Client, named: str | None) -> UUID | None:
    """The id of the project with that name or id; None: the caller's own."""
    if named is None:
        return None
    try:
        return UUID(named)
    except ValueError:
        pass
    found = [project for project in client.projects() if project.name.casefold() == named.casefold()]
    if len(found) == 1:
        return found[0].id
    how_many = "Several projects are" if found else "No project of yours is"
    raise typer.BadParameter(f"{how_many} called {named}. Give its id: `scribe whoami` lists them.")
