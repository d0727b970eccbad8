"""One supervised process: what to run, and what must be true around it."""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass(frozen=True)
class Program:
    """A process that the supervisor starts, restarts and stops.

    command: absolute path and arguments
    environment: on top of the supervisor's own
    folder: the working folder
    lock: a file that the process keeps locked while it lives, so that data have one server at most
    ordinary_user: whether it refuses to run as root
    nice: how far it stands back when processors are scarce, 0 to 19
    stop_signal: asks it to end; also sent when the supervisor dies
    stop_wait_s: how long it may take to end before it is killed
    digest: of the files that the command names, so that a change of theirs restarts the process
    """

    name: str
    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    lock: Path | None = None
    ordinary_user: bool = False
    nice: int = 0
    stop_signal: Literal["TERM", "INT"] = "TERM"
    stop_wait_s: int = 10
    digest: str = ""

    def specification(self, supervisor: Path | None) -> str:
        """What ``launch.py`` reads; ``supervisor`` is the file named on the supervisor's command line."""
        content = asdict(self) | {"supervisor": str(supervisor) if supervisor else None}
        return json.dumps(content, default=str, indent=1, sort_keys=True)


def launch_command(specification: Path, digest: str = "") -> tuple[str, ...]:
    """The command that becomes the program of a written specification."""
    return (sys.executable, "-I", "-S", str(LAUNCHER), str(specification), digest)


def digest_of(*texts: str) -> str:
    """A short digest that changes when any of the texts does."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
