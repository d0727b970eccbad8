"""How far a recording has been read. Runs in the child only."""

from collections.abc import Callable


class Meter:
    """Progress by the read share of the file, since the header's duration may lie.

    size: bytes of the file; progress: called with 0-1, at every percent
    """

    def __init__(self, size: int, progress: Callable[[float], None]) -> None:
        self._size = size
        self._progress = progress
        self._shown = 0.0

    def at(self, position: int) -> None:
        """So many bytes have been read."""
        share = min(position / self._size, 1.0)
        if share - self._shown >= 0.01:  # noqa: PLR2004  (a percent is what people can see)
            self._shown = share
            self._progress(share)
