"""The edge of the command: every failure becomes one sentence and an exit code."""

import sys
import traceback
from typing import Any

import typer
from typer.core import TyperGroup

from scribe_client.cli.terminal import ExitCode, say
from scribe_client.errors import ClientError, Refused, ServerAway, ServerFailed


class SentenceGroup(TyperGroup):
    """A group of commands that says what went wrong in a sentence; ``--debug`` adds code and traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it raises on purpose ends here, a defect shows itself."""
        try:
            return super().invoke(ctx)
        except ClientError as error:
            tell(error, debug=bool(ctx.obj))
            raise typer.Exit(exit_code(error)) from error
        except KeyboardInterrupt as interruption:
            say("Interrupted.")
            raise typer.Exit(ExitCode.INTERRUPTED) from interruption
        except BrokenPipeError as error:  # whoever read the output has had enough, as in `scribe list | head`
            sys.stdout = None  # or the interpreter tries to flush it once more
            raise typer.Exit(ExitCode.OK) from error
        except OSError as error:
            say(f"The system refused: {error}.")
            raise typer.Exit(ExitCode.REFUSED) from error


def tell(error: ClientError, *, debug: bool) -> None:
    """Say what went wrong, in the server's own sentence where it has one."""
    say(str(error))
    if debug:
        if isinstance(error, Refused):
            say(f"{error.code} (status {error.status}) {error.detail or ''}".rstrip())
        say("".join(traceback.format_exception(error)))


def exit_code(error: ClientError) -> ExitCode:
    """Whether to try again later (3) or to change something first (1)."""
    away = isinstance(error, ServerAway | ServerFailed)
    return ExitCode.SERVER_AWAY if away else ExitCode.REFUSED
