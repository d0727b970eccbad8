"""Find the holes that a recorder leaves in its time stamps. Runs in the child only."""

from typing import Final

from av.audio.frame import AudioFrame

_SMALLEST_GAP_S: Final = 0.1
_LARGEST_GAP_S: Final = 60.0
"""A jump in the time stamps beyond this is a recorder's quirk, not silence."""


class Clock:
    """Notices where the time stamps leave a hole, which is silence that nobody stored."""

    def __init__(self) -> None:
        self._expected: float | None = None

    def gap_before(self, frame: AudioFrame) -> float:
        """Seconds of silence that belong before the frame; 0 nearly always."""
        length = frame.samples / frame.sample_rate
        if frame.pts is None or frame.time_base is None:
            if self._expected is not None:
                self._expected += length
            return 0.0
        start = float(frame.pts * frame.time_base)
        gap = 0.0 if self._expected is None else start - self._expected
        self._expected = start + length
        return gap if _SMALLEST_GAP_S < gap < _LARGEST_GAP_S else 0.0
