"""Which files of a folder are whole: nobody writes to them any more."""

import mimetypes
import time
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from scribe_client.uploading.recording import Recording

MEDIA = ("audio", "video")


class WatchedFolder:
    """Looks at a folder from time to time.

    It asks for names, sizes and times rather than to be notified: that also works on network drives, whose
    servers notify nobody of what others write.

    patterns: file names to take (``*.mp3``); without any, what sounds like audio or video
    settle_s: how long a file must keep its size and time before it counts as whole
    """

    def __init__(
        self,
        path: Path,
        patterns: Sequence[str] = (),
        settle_s: float = 5.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.path = path
        self._patterns = tuple(patterns)
        self._settle_s = settle_s
        self._clock = clock
        self._since: dict[Recording, float] = {}

    def settled(self) -> Iterator[Recording]:
        """The files that have not changed for long enough, oldest first. Raises OSError."""
        now = self._clock()
        present = self._present()
        self._since = {recording: self._since.get(recording, now) for recording in present}
        for recording in sorted(present, key=lambda one: (one.mtime_ns, one.path)):
            if now - self._since[recording] >= self._settle_s:
                yield recording

    def _present(self) -> list[Recording]:
        found = []
        for path in self.path.iterdir():
            try:
                if self._wants(path) and path.is_file():
                    found.append(Recording.at(path))
            except FileNotFoundError:
                continue  # somebody moved it while it was looked at
        return found

    def _wants(self, path: Path) -> bool:
        if path.name.startswith("."):
            return False
        if self._patterns:
            return any(fnmatch(path.name, pattern) for pattern in self._patterns)
        kind, _ = mimetypes.guess_type(path.name)
        return kind is not None and kind.split("/")[0] in MEDIA
