"""Where an interrupted upload is written down, so that a later run takes it up."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from scribe_client.private_file import write_private

FORGOTTEN_AFTER = timedelta(days=30)


class Remembered(BaseModel):
    """An upload that was begun: where the server takes the rest."""

    model_config = ConfigDict(frozen=True)

    location: str
    path: str
    begun_at: datetime


class Busy(Exception):
    """Another process holds this upload."""


class UploadMemory:
    """One small file an upload in ``folder``; processes of one user may share it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def of(self, fingerprint: str) -> Iterator["Memory"]:
        """The memory of one upload, for this process alone while it is held. Raises Busy."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._drop_old()
        lock = FileLock(self._folder / f"{fingerprint}.lock")
        try:
            lock.acquire(blocking=False)
        except Timeout as error:
            raise Busy from error
        try:
            yield Memory(self._folder / f"{fingerprint}.json")
        finally:
            lock.release()

    def _drop_old(self) -> None:
        """Servers forget an unfinished upload long before this."""
        limit = (datetime.now(UTC) - FORGOTTEN_AFTER).timestamp()
        for path in self._folder.iterdir():
            with suppress(FileNotFoundError):  # another process may be quicker
                if path.stat().st_mtime < limit:
                    path.unlink()


class Memory:
    """What is known of one upload."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def load(self) -> Remembered | None:
        """None where there is nothing, or nothing that can be read."""
        try:
            return Remembered.model_validate_json(self._file.read_bytes())
        except (OSError, ValidationError):
            return None

    def keep(self, remembered: Remembered) -> None:
        """Write it down, whole or not at all."""
        write_private(self._file, remembered.model_dump_json())

    def forget(self) -> None:
        """The upload is over."""
        self._file.unlink(missing_ok=True)
