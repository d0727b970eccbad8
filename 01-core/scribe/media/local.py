"""The file that a conversion reads, steadied against what a hostile container asks of it. Child only."""

import io
import os
from pathlib import Path


class LocalFile(io.FileIO):
    """Read-only; ffmpeg learns neither its path nor its suffix, so it judges the content alone."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self.name = "recording"
        self._size = os.fstat(self.fileno()).st_size

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move the position, but not out of the file, where the system would refuse; returns it."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self.tell(), os.SEEK_END: self._size}[whence]
        return super().seek(min(max(0, base + offset), self._size))
