"""Make commands take turns, and tell who holds a lock."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from stack.embedded.errors import StackBusy


@contextmanager
def turn(path: Path, *, patience_s: float) -> Iterator[None]:
    """Hold the lock file; raise StackBusy when another process does not let go of it in time."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + patience_s
        while not _lock(descriptor):
            if time.monotonic() > deadline:
                raise StackBusy(owner=holder(path) or "unknown", waited_s=patience_s)
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def holder(path: Path) -> str | None:
    """Who holds a lock file; None when nobody does."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        if _lock(descriptor):
            return None
        return _locker(os.fstat(descriptor).st_ino) or "another process"
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _locker(inode: int) -> str | None:
    """The process that took a flock; the kernel lists ``1: FLOCK ADVISORY WRITE pid maj:min:inode …``."""
    for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
        fields = line.split()
        if fields[1] == "FLOCK" and fields[5].endswith(f":{inode}") and fields[4].isdigit():
            return describe(int(fields[4]))
    return None


def describe(pid: int) -> str:
    """A process as an operator recognises it: its name, its id and the start of its command line."""
    try:
        process = psutil.Process(pid)
        name, command = process.name(), " ".join(process.cmdline())[:120].strip()
    except psutil.Error:
        return f"process {pid}"
    return f"{name} (process {pid}: {command})"
