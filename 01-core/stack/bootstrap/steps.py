"""Run one long step of the set-up: one line says what it is, then how many seconds it took."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from stack.bootstrap.problem import DiskFull, SetupProblem

TAIL_LINES = 15
DISK_FULL_SIGNS = ("No space left on device", "Disk quota exceeded")


def say(line: str) -> None:
    """Tell the person in front of it; standard output belongs to the command that comes after."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Announce a long step and say how long it took."""
    say(f"  {what} …")
    begun = time.monotonic()
    yield
    say(f"  {what}: {time.monotonic() - begun:.1f} s")


def run(command: Sequence[str], environment: Mapping[str, str], *, advice: str) -> None:
    """Run a tool; on a terminal its own progress shows, elsewhere its last lines show when it fails.

    Raises SetupProblem with ``advice`` where the tool fails.
    """
    watched = sys.stderr.isatty()
    done = subprocess.run(
        command,
        env=dict(environment),
        stdout=subprocess.DEVNULL if watched else subprocess.PIPE,
        stderr=None if watched else subprocess.STDOUT,
        text=True,
        close_fds=False,  # the child holds the lock of this set-up as well
        check=False,
    )
    if done.returncode == 0:
        return
    output = done.stdout or ""
    tail = "".join(f"\n    {line}" for line in output.splitlines()[-TAIL_LINES:])
    ended = f"`{command[0].rpartition('/')[2]}` ended with exit code {done.returncode}."
    if any(sign in output for sign in DISK_FULL_SIGNS):
        raise DiskFull(f"{ended} The disk is full: free some space and run it again.{tail}")
    raise SetupProblem(f"{ended} {advice}{tail}")
