"""Read the product's own FLAC files for an engine, never more of them than is asked for."""

from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame

from scribe.media.info import SAMPLE_RATE

_FULL_SCALE = 32_768.0


class AudioReader:
    """Samples of a 16 kHz FLAC; reading on from where the last call ended decodes nothing twice.

    Raises ValueError for anything else: strangers' files go through ``convert`` first.
    """

    def __init__(self, path: Path) -> None:
        self._container = av.open(str(path), options={"format_whitelist": "flac"})
        self._stream = self._container.streams.audio[0]
        self.channels: int = self._stream.codec_context.channels
        if self._stream.codec_context.sample_rate != SAMPLE_RATE:
            self._container.close()
            raise ValueError(f"{path.name} does not have 16 kHz")
        self._frames = self._container.decode(self._stream)
        self._held = np.zeros((self.channels, 0), np.int16)
        self._position = 0
        """The sample that ``_held`` begins with."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._container.close()

    @property
    def duration(self) -> float:
        """Seconds, as the file's header says."""
        length, base = self._stream.duration, self._stream.time_base
        return float(length * base) if length is not None and base is not None else 0.0

    def read(self, start: float, end: float) -> npt.NDArray[np.float32]:
        """All channels mixed, from ``start`` to ``end`` seconds: float32 [n], -1 to 1.

        The mix is the sum over the square root of the number of channels: between the mean, in which one of
        eight voices is hardly to be heard, and the sum, which distorts.

        Shorter where the recording ends earlier.
        """
        several = self.read_channels(start, end)
        if len(several) == 1:
            only: npt.NDArray[np.float32] = several[0]
            return only
        mix: npt.NDArray[np.float32] = several.sum(axis=0) / np.float32(np.sqrt(len(several)))
        np.clip(mix, -1.0, 1.0, out=mix)
        return mix

    def read_channels(self, start: float, end: float) -> npt.NDArray[np.float32]:
        """Every channel from ``start`` to ``end`` seconds: float32 [c, n], -1 to 1."""
        first, last = round(start * SAMPLE_RATE), round(end * SAMPLE_RATE)
        if first < self._position:
            self._rewind(first)
        parts = []
        while self._position < last:
            stop = self._position + self._held.shape[1]
            if stop > first:
                begin = max(first - self._position, 0)
                parts.append(self._held[:, begin : last - self._position])
            if stop > last:
                break
            if not self._next(stop):
                break
        whole = np.concatenate(parts, axis=1) if parts else self._held[:, :0]
        samples: npt.NDArray[np.float32] = whole.astype(np.float32)
        samples /= _FULL_SCALE
        return samples

    def _next(self, position: int) -> bool:
        """Hold the next frame, which begins at ``position``; False at the end."""
        frame = next(self._frames, None)
        if frame is None:
            self._held, self._position = self._held[:, :0], position
            return False
        self._held = _samples(frame)
        self._position = position
        return True

    def _rewind(self, sample: int) -> None:
        """Go back to the frame that holds ``sample``, or to one before it."""
        base = self._stream.time_base
        if base is None:
            raise ValueError("a FLAC stream without a time base")
        self._container.seek(int(sample / SAMPLE_RATE / base), stream=self._stream)
        self._frames = self._container.decode(self._stream)
        frame = next(self._frames, None)
        if frame is None or frame.pts is None:
            raise ValueError("the recording cannot be read a second time")
        self._held = _samples(frame)
        self._position = round(float(frame.pts * base) * SAMPLE_RATE)


def _samples(frame: AudioFrame) -> npt.NDArray[np.int16]:
    """int16 [channels, n]."""
    values = frame.to_ndarray().astype(np.int16, copy=False)
    return values if frame.format.is_planar else values.reshape(frame.samples, -1).T
