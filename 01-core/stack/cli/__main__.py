"""``python -m stack.cli``: the program behind manage.sh."""

from typing import Annotated

import typer

from stack.cli.commands import Commands

app = typer.Typer(
    cls=Commands,
    help="Smart Meeting Scribe: who said what, on this machine only. Without a command: set up and start.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not healthy.",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    *,
    debug: Annotated[
        bool, typer.Option("--debug", help="Keep the traceback of a failure in logs/manage.log of the data.")
    ] = False,
) -> None:
    """Set up and start where no command is given."""
    context.obj = debug
    if context.invoked_subcommand is None:
        from stack.cli.servers import up  # noqa: PLC0415 - as lazy as the commands are

        up()


if __name__ == "__main__":
    app(prog_name="./manage.sh")
