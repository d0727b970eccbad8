"""The table of commands."""

from typing import Annotated

import typer

from scribe_client.cli.edge import SentenceGroup
from scribe_client.cli.export import export
from scribe_client.cli.login import login, logout, whoami
from scribe_client.cli.meetings import delete, list_meetings, show
from scribe_client.cli.search import search
from scribe_client.cli.upload import upload

app = typer.Typer(
    cls=SentenceGroup,
    help="Smart Meeting Scribe from the command line: recordings in, who said what out.",
    epilog="Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the server is away. "
    "Scripts set SCRIBE_SERVER and SCRIBE_API_KEY instead of signing in.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ACCOUNT, RECORDINGS = "Account", "Recordings"


@app.callback()
def begin(
    context: typer.Context,
    *,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show error codes and the traceback of a failure.")
    ] = False,
) -> None:
    """Take the options that go before every command."""
    context.obj = debug


app.command(rich_help_panel=ACCOUNT)(login)
app.command(rich_help_panel=ACCOUNT)(logout)
app.command(rich_help_panel=ACCOUNT)(whoami)
app.command(rich_help_panel=RECORDINGS)(upload)
app.command("list", rich_help_panel=RECORDINGS)(list_meetings)
app.command(rich_help_panel=RECORDINGS)(show)
app.command(rich_help_panel=RECORDINGS)(export)
app.command(rich_help_panel=RECORDINGS)(search)
app.command(rich_help_panel=RECORDINGS)(delete)


def main() -> None:
    """The console script."""
    app(prog_name="scribe")
