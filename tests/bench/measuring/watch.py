"""What a process holds beyond what it held before: memory and temporary files."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

SAMPLE_S = 0.05


class NeverWatched(Exception):
    """Nothing was sampled, so whatever was measured says nothing."""


class Watch:
    """What a process holds while it is watched: memory beyond what it had before, files it made.

    Leaving the block raises what the watcher died of, or NeverWatched.
    """

    def __init__(self, process: psutil.Process, temp: Path) -> None:
        self._process = process
        self._temp = temp
        self._watching = threading.Event()
        self._ended = threading.Event()
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._watcher: Future[None] | None = None
        self._before = process.memory_info().rss
        self.samples = 0
        self.growth_bytes = 0
        self.files: set[str] = set()

    def __enter__(self) -> Self:
        self._watcher = self._thread.submit(self._run)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.shutdown()
        if error is not None:
            return
        if self._watcher is not None:
            self._watcher.result()
        if not self.samples:
            raise NeverWatched

    @contextmanager
    def watching(self) -> Iterator[None]:
        self._watching.set()
        try:
            yield
        finally:
            self._watching.clear()

    def _run(self) -> None:
        while not self._ended.wait(SAMPLE_S):
            if not self._watching.is_set():
                continue
            self.growth_bytes = max(self.growth_bytes, self._process.memory_info().rss - self._before)
            self.files |= {str(path) for path in self._temp.rglob("*") if path.is_file()}
            self.files |= self._deleted_files()
            self.samples += 1

    def _deleted_files(self) -> set[str]:
        """Regular files that are open but have no name any more, which is how spooled uploads hide."""
        found = set()
        for entry in Path(f"/proc/{self._process.pid}/fd").iterdir():
            try:
                target = os.readlink(entry)  # noqa: PTH115  (the text of the link, resolved to nothing)
            except FileNotFoundError:
                continue
            if target.startswith("/") and target.endswith(" (deleted)"):
                found.add(target)
        return found
