"""Where a worker keeps the recording it works on: a folder of its own that outlives no worker for long."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)

LOCK = "lock"
PREFIX = "worker-"


@contextmanager
def workspace(parent: Path) -> Iterator[Path]:
    """A folder below ``parent`` for this process; folders of workers that were killed are removed first.

    A living worker holds a lock in its folder, which ends with its process, however that ends.
    """
    parent.mkdir(parents=True, exist_ok=True)
    with (parent / LOCK).open("w") as starting:  # one worker at a time looks round and locks its own
        fcntl.flock(starting, fcntl.LOCK_EX)
        for abandoned in parent.glob(f"{PREFIX}*"):
            _remove_unless_locked(abandoned)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
        lock = (folder / LOCK).open("w")
        fcntl.flock(lock, fcntl.LOCK_EX)
    with lock:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _remove_unless_locked(folder: Path) -> None:
    try:
        with (folder / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder)
            log.info("abandoned_work_removed", folder=str(folder))
    except (NotADirectoryError, BlockingIOError):
        return
