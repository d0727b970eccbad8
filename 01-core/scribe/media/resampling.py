"""Bring frames of whatever kind to one kind, also when a recording changes its own midway."""

from collections.abc import Iterator
from typing import Final

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

_OPTIONS: Final = {"rematrix_maxval": "1.0"}
"""Many channels that are mixed into few must not clip; by default only integers are spared that."""


class Resampling:
    """Frames in, frames of one sample format, channel layout and rate (Hz) out; time stamps are dropped.

    Without a layout, every frame keeps its own.
    """

    def __init__(self, sample_format: str, layout: str | None, rate: int) -> None:
        self._target = (sample_format, layout, rate)
        self._kind: tuple[str, str, int] | None = None
        self._resampler = AudioResampler(*self._target, options=_OPTIONS)

    def feed(self, frame: AudioFrame) -> Iterator[AudioFrame]:
        """What comes out for a frame; its ``pts`` must be None."""
        kind = (frame.format.name, frame.layout.name, frame.sample_rate)
        if kind != self._kind:
            yield from self.flush()
            self._resampler = AudioResampler(*self._target, options=_OPTIONS)
            self._kind = kind
        yield from self._without_pts(frame)

    def flush(self) -> Iterator[AudioFrame]:
        """What was held back for the frame that never came."""
        if self._kind is not None:
            self._kind = None
            yield from self._without_pts(None)

    def _without_pts(self, frame: AudioFrame | None) -> Iterator[AudioFrame]:
        for made in self._resampler.resample(frame):
            if made is not None:
                made.pts = None
                yield made
