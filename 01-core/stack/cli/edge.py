"""The edge of the command line: every failure becomes one sentence and an exit code."""

import sys
import traceback
from datetime import UTC, datetime
from typing import Any

import typer
from typer.core import TyperGroup

from scribe.errors import ScribeError
from scribe.settings import DataSettings
from stack.cli.configuration import data_folder
from stack.cli.errors import NotRunning, SettingsWrong
from stack.cli.terminal import ExitCode, say

INTERRUPTED = 130


class SentenceGroup(TyperGroup):
    """A group of commands that says what went wrong in a sentence; the traceback goes to a file."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it raises ends here."""
        try:
            return super().invoke(ctx)
        except ScribeError as error:
            if ctx.obj:
                say(f"The traceback is in {_keep_traceback()}.")
            say(str(error))
            code = ExitCode.NOT_HEALTHY if isinstance(error, NotRunning) else ExitCode.FAILED
            raise typer.Exit(code) from error
        except KeyboardInterrupt as interruption:
            say("Interrupted.")
            raise typer.Exit(INTERRUPTED) from interruption
        except BrokenPipeError as error:  # whoever read the output has had enough, as in `logs | head`
            sys.stdout = None  # or the interpreter tries to flush it once more
            raise typer.Exit(ExitCode.OK) from error
        except OSError as error:
            say(f"The system refused: {error}. The traceback is in {_keep_traceback()}.")
            raise typer.Exit(ExitCode.FAILED) from error
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            if hasattr(error, "exit_code"):  # a usage error: Typer shows it with the command's usage
                raise
            say(f"This should not have happened: {type(error).__name__}: {error}.")
            say(f"The traceback is in {_keep_traceback()}; please report it.")
            raise typer.Exit(ExitCode.FAILED) from error


def _keep_traceback() -> str:
    """Append the traceback of the exception in hand to the log of the commands; returns where that is."""
    text = traceback.format_exc()
    try:
        volumes = data_folder()
    except SettingsWrong:  # they may be what went wrong
        volumes = DataSettings().volumes
    path = volumes / "logs" / "manage.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"--- {datetime.now(UTC).isoformat()}\n{text}\n")
    except OSError:
        say(text)
        return "the lines above"
    return str(path)
