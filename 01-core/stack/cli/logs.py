"""`logs`: what the services say, the last lines first and then, if wished, for ever."""

import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from stack.cli import product
from stack.cli.configuration import data_folder
from stack.cli.errors import NoLog
from stack.cli.terminal import results
from stack.embedded import ServiceName

LAST_LINES = 100
POLL_S = 0.25


def logs(
    service: Annotated[ServiceName | None, typer.Argument(help="One service; all without it.")] = None,
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option("--lines", "-n", min=0, help="How many past lines.")] = LAST_LINES,
) -> None:
    """Show the last lines that a service logged."""
    stack = product.stack_in(data_folder())
    services = [service] if service else list(ServiceName)
    named = {path: str(name) for name in services for path in stack.log_paths(name)}
    if not any(path.exists() for path in named):
        raise NoLog(service=service or "The stack", known=", ".join(ServiceName))
    tails = {path: Tail(path) for path in named}
    for path, tail in tails.items():
        for line in deque(tail.new_lines(), maxlen=lines):
            _show(named[path], line, prefixed=len(named) > 1)
    while follow:
        for path, tail in tails.items():
            for line in tail.new_lines():
                _show(named[path], line, prefixed=len(named) > 1)
        time.sleep(POLL_S)


class Tail:
    """Lines as they are added to a file that may be rotated or not be there yet."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inode = 0
        self._position = 0
        self._rest = b""

    def new_lines(self) -> Iterator[str]:
        """The whole lines that came since the last call."""
        try:
            with self._path.open("rb") as file:
                status = self._path.stat()
                if status.st_ino != self._inode or status.st_size < self._position:
                    self._inode, self._position, self._rest = status.st_ino, 0, b""
                file.seek(self._position)
                for line in file:
                    self._position += len(line)
                    if line.endswith(b"\n"):
                        yield (self._rest + line).decode(errors="replace").rstrip("\r\n")
                        self._rest = b""
                    else:
                        self._rest += line
        except FileNotFoundError:
            return


def _show(service: str, line: str, *, prefixed: bool) -> None:
    results.print(f"{service:<10} {line}" if prefixed else line)
