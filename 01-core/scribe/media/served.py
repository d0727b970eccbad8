"""A file whose bytes the parent process hands out in ranges. Runs in the child only."""

import io
import os
import socket
from dataclasses import asdict
from typing import Any

from scribe.child import frames
from scribe.media.messages import Wanted


class ServedFile(io.RawIOBase):
    """Seekable and read-only; ``size`` in bytes."""

    def __init__(self, channel: socket.socket, size: int) -> None:
        super().__init__()
        self._channel = channel
        self._size = size
        self._position = 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move the position; returns it."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the file goes; returns the number of bytes."""
        view = memoryview(buffer).cast("B")
        end = min(self._position + len(view), self._size)
        if end <= self._position:
            return 0
        frames.send(self._channel, asdict(Wanted(self._position, end)))
        part: Any = frames.receive(self._channel)
        view[: len(part)] = part
        self._position += len(part)
        return len(part)
