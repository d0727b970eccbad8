"""What can be said about a machine before anything is installed; `doctor` begins with the same."""

import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stack.bootstrap import redis_server

OLDEST_PYTHON = (3, 11)
GIB = 1024**3
LEAST_FREE_GIB = 1.0
CPU_SET_GIB = 3.0
CUDA_SET_GIB = 10.0

Level = Literal["ok", "odd", "blocks"]


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what was seen and, unless it is fine, what to do about it."""

    name: str
    level: Level
    seen: str
    advice: str = ""


def has_nvidia_gpu() -> bool:
    """Whether an NVIDIA driver is loaded or its tool is there."""
    return Path("/proc/driver/nvidia/version").exists() or shutil.which("nvidia-smi") is not None


def python() -> Finding:
    """Python 3.11 or newer runs this."""
    seen = f"Python {sys.version.split()[0]}"
    if sys.version_info < OLDEST_PYTHON:
        return Finding("python", "blocks", seen, "Install Python 3.11 or newer, or name one: SCRIBE_PYTHON=…")
    return Finding("python", "ok", seen)


def venv_tools() -> Finding:
    """Something here can make a virtual environment and put a package into it."""
    modules = [name for name in ("ensurepip", "pip") if importlib.util.find_spec(name) is not None]
    if importlib.util.find_spec("venv") is not None and (modules or shutil.which("uv")):
        return Finding("venv", "ok", "virtual environments can be made")
    return Finding(
        "venv",
        "blocks",
        "this Python has neither ensurepip nor pip, and there is no uv",
        "Install the package that carries it (Debian, Ubuntu: apt install python3-venv), "
        "or name another Python: SCRIBE_PYTHON=/path/to/python3 ./manage.sh",
    )


def redis(venv: Path) -> Finding:
    """A redis-server is there, comes with the packages, or can be built."""
    if not redis_server.must_be_built(venv):
        return Finding("redis", "ok", "a Redis server is at hand")
    seen = f"Python {sys.version_info.major}.{sys.version_info.minor} has no packaged Redis server"
    if redis_server.can_be_built():
        return Finding("redis", "ok", f"{seen}: it is built from its source")
    return Finding(
        "redis",
        "blocks",
        f"{seen}, and this machine has none",
        f"Install redis-server {redis_server.SYSTEM_FROM_MAJOR} or newer (Debian, Ubuntu: apt install "
        "redis-server), or a C compiler and make (apt install build-essential), or Python 3.11 or 3.12, "
        "then run ./manage.sh again.",
    )


def disk(root: Path, *, installed: bool) -> Finding:
    """Room for the packages (most of it is PyTorch), or for work once they are installed."""
    free = shutil.disk_usage(root).free / GIB
    needed = 2 * LEAST_FREE_GIB if installed else (CUDA_SET_GIB if has_nvidia_gpu() else CPU_SET_GIB)
    seen = f"{free:.1f} GiB free in {root}"
    if free < LEAST_FREE_GIB:
        return Finding("disk", "blocks", seen, "Free some space, or move the folder to a larger disk.")
    if free < needed:
        return Finding(
            "disk", "odd", seen, f"About {needed:.0f} GiB are wanted; free some space if it fails."
        )
    return Finding("disk", "ok", seen)


def folder(root: Path) -> Finding:
    """The repository's folder can be written."""
    if os.access(root, os.W_OK | os.X_OK):
        return Finding("folder", "ok", f"{root} is writable")
    return Finding(
        "folder",
        "blocks",
        f"{root} is not writable for this user",
        "Use a copy of your own, or change its owner.",
    )


def before_install(root: Path) -> list[Finding]:
    """All of them, for a clone without a virtual environment."""
    return [python(), venv_tools(), redis(root / ".venv"), folder(root), disk(root, installed=False)]
