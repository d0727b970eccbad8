"""How the command speaks: results to standard output, progress to standard error, exit codes for scripts."""

import sys
from collections.abc import Sequence
from enum import IntEnum

from pydantic_core import to_json
from rich.console import Console
from rich.table import Table


class ExitCode(IntEnum):
    """What a script may rely on; 2 (wrong usage) comes from Typer itself."""

    OK = 0
    REFUSED = 1
    SERVER_AWAY = 3
    INTERRUPTED = 130


# What servers and people say is printed as it is: no markup, no :names: for emoji.
progress = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
results = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)


def say(line: str) -> None:
    """A line of progress; never part of the result."""
    progress.print(line)


def print_json(value: object) -> None:
    """The result for a program: models and dataclasses as one JSON value on standard output."""
    sys.stdout.write(to_json(value, indent=2).decode() + "\n")
    sys.stdout.flush()


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The result for a person."""
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*row)
    results.print(table)


def clock(seconds: float) -> str:
    """A time in a recording: 1:02:03, or 2:03 within the first hour."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
