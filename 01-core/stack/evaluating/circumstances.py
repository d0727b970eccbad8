"""When, where and with what something was measured: figures from elsewhere do not compare."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version

import psutil

from scribe.settings import REPOSITORY
from stack.evaluating.results import Circumstances

TOOLS = ("jiwer", "meeteval", "pyannote.metrics")
_GIB = 1024**3


def now(command: str) -> Circumstances:
    """The circumstances of what is about to be measured with ``command``."""
    return Circumstances(
        command=command,
        machine=_machine(),
        commit=_commit(),
        tools=", ".join(f"{name} {version(name)}" for name in TOOLS),
        measured_at=datetime.now(UTC).replace(microsecond=0),
    )


def _machine() -> str:
    gib = psutil.virtual_memory().total / _GIB
    cores = len(os.sched_getaffinity(0))
    return f"{platform.machine()}, {cores} cores, {gib:.0f} GiB, Python {platform.python_version()}"


def _commit() -> str:
    """The commit that is measured, marked where files were changed since; ``unknown`` outside git."""
    command = ["git", "-C", str(REPOSITORY), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        described = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "unknown"
    return described.stdout.strip() or "unknown"
