"""`search`: where something was said."""

from typing import Annotated

import typer

from scribe_client.cli.destination import project_id
from scribe_client.cli.login import AsJson
from scribe_client.cli.signed_in import signed_in
from scribe_client.cli.terminal import clock, print_json, results, say


def search(
    query: Annotated[list[str], typer.Argument(help='Words, "a phrase", -without.', metavar="QUERY…")],
    project: Annotated[str | None, typer.Option(help="Only in this project: its name or id.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="At most so many meetings.")] = 10,
    *,
    as_json: AsJson = False,
) -> None:
    """Find what was said, in all meetings that you may read; best first."""
    with signed_in() as client:
        page = client.search(" ".join(query), project_id=project_id(client, project), limit=limit)
    if as_json:
        print_json(page)
        return
    if not page.items:
        say("Nothing was found.")
    for hit in page.items:
        results.print(f"{hit.title.text}  {hit.meeting_id}")
        for found in hit.segments:
            who = f"{found.speaker}: " if found.speaker else ""
            results.print(f"  {clock(found.start):>8}  {who}{found.snippet.text}")
