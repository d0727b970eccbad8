"""`web`: what only those need who change the web app."""

import typer

from stack.cli import web_checks
from stack.cli.terminal import say

web = typer.Typer(help="For those who change the web app.", no_args_is_help=True)


@web.callback()
def begin() -> None:
    """For those who change the web app."""


@web.command()
def types() -> None:
    """Write the types of the API anew, from its OpenAPI document."""
    web_checks.TYPES.write_text(web_checks.fresh_types(), encoding="utf-8")
    say(f"Wrote {web_checks.TYPES}.")
