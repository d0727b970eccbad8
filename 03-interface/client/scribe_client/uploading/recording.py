"""A file as it was when its upload began, and pieces of it as bodies of requests."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from scribe_client.errors import RecordingChanged

READ_BYTES = 256 << 10


@dataclass(frozen=True)
class Recording:
    """size in bytes; mtime_ns: when it was last written, nanoseconds since 1970."""

    path: Path
    size: int
    mtime_ns: int

    @classmethod
    def at(cls, path: Path) -> Self:
        """The file as it is now. Raises OSError."""
        found = path.stat()
        return cls(path.resolve(), found.st_size, found.st_mtime_ns)

    def check_unchanged(self) -> None:
        """Raise RecordingChanged where the file is not the one that it was."""
        try:
            now = self.path.stat()
        except OSError as error:
            raise RecordingChanged(self.path) from error
        if (now.st_size, now.st_mtime_ns) != (self.size, self.mtime_ns):
            raise RecordingChanged(self.path)

    def fingerprint(self, destination: str, fields: Mapping[str, str]) -> str:
        """The same for the same file, with the same fields, to the same destination; hexadecimal."""
        told = [destination, str(self.path), self.size, self.mtime_ns, sorted(fields.items())]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def sha256(self) -> str:
        """The digest of its content, hexadecimal. Raises OSError."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


class Piece:
    """Some bytes of a recording as the body of a request, which may be sent a second time.

    sent: called with the offset in the file after each block that went out
    """

    def __init__(self, recording: Recording, start: int, size: int, sent: Callable[[int], None]) -> None:
        self.size = size
        self._recording = recording
        self._start = start
        self._sent = sent

    def __iter__(self) -> Iterator[bytes]:
        """Raises RecordingChanged where the file has become shorter."""
        offset, end = self._start, self._start + self.size
        with self._recording.path.open("rb") as file:
            file.seek(offset)
            while offset < end:
                block = file.read(min(READ_BYTES, end - offset))
                if not block:
                    raise RecordingChanged(self._recording.path)
                offset += len(block)
                yield block
                self._sent(offset)
