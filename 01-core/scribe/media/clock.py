"""Find the holes that a recorder leaves in its time stamps. Runs in the child only."""

from typing import Final

from av.audio.frame import AudioFrame

SMALLEST_GAP_S: Final = 0.1
LARGEST_GAP_S: Final = 60.0
"""A jump in the time stamps beyond this is a recorder's quirk, not silence."""


def start_of(frame: AudioFrame) -> float | None:
    """Seconds, as the frame's time stamp says; None where it has none."""
    if frame.pts is None or frame.time_base is None:
        return None
    return float(frame.pts * frame.time_base)


class Clock:
    """Notices where the time stamps leave a hole, which is silence that nobody stored."""

    def __init__(self) -> None:
        self._expected: float | None = None

    def gap_before(self, frame: AudioFrame) -> float:
        """Seconds of silence that belong before the frame; 0 nearly always."""
        length = frame.samples / frame.sample_rate
        start = start_of(frame)
        if start is None:
            if self._expected is not None:
                self._expected += length
            return 0.0
        gap = 0.0 if self._expected is None else start - self._expected
        self._expected = start + length
        return gap if SMALLEST_GAP_S < gap < LARGEST_GAP_S else 0.0
