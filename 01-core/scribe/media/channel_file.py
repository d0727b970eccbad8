"""A FLAC whose channels may arrive one after the other. Runs in the child only."""

from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame

from scribe.media.info import SAMPLE_RATE

MOST_CHANNELS: Final = 8
"""That FLAC can hold."""
_LAYOUTS: Final = ("mono", "stereo", "3.0", "quad", "5.0", "5.1", "6.1", "7.1")
"""The only ones that the encoder takes, by number of channels; here they are just so many microphones."""
_BLOCK: Final = SAMPLE_RATE
_SAMPLE: Final = 2
"""Bytes."""


class ChannelFile:
    """Written as far as all channels are known; what is ahead of the others is held in memory.

    Open from ``with`` on; when the block ends without an error, the file is whole and all channels are as
    long as the first one: those that are shorter end in silence.
    """

    def __init__(self, path: Path, channels: int) -> None:
        self._path = path
        self._waiting = [bytearray() for _ in range(channels)]
        self._written = 0

    def __enter__(self) -> Self:
        layout = _LAYOUTS[len(self._waiting) - 1]
        self._flac = av.open(str(self._path), "w", format="flac")
        self._stream = self._flac.add_stream("flac", rate=SAMPLE_RATE, layout=layout)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._flac.close()

    def length(self, channel: int) -> int:
        """Samples that a channel has."""
        return self._written + len(self._waiting[channel]) // _SAMPLE

    def add(self, channel: int, samples: npt.NDArray[np.int16]) -> None:
        """Append int16 [n] at 16 kHz to a channel."""
        self._waiting[channel] += samples.tobytes()
        while min(map(len, self._waiting)) >= _BLOCK * _SAMPLE:
            self._write(_BLOCK)

    def _finish(self) -> None:
        length = len(self._waiting[0])
        self._waiting = [waiting.ljust(length, b"\0") for waiting in self._waiting]
        while self._waiting[0]:
            self._write(min(_BLOCK, len(self._waiting[0]) // _SAMPLE))
        self._flac.mux(self._stream.encode(None))

    def _write(self, count: int) -> None:
        """Encode the next ``count`` samples of every channel."""
        block = np.empty((count, len(self._waiting)), np.int16)
        for channel, waiting in enumerate(self._waiting):
            block[:, channel] = np.frombuffer(bytes(waiting[: count * _SAMPLE]), np.int16)
            del waiting[: count * _SAMPLE]
        frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout=self._stream.layout.name)
        frame.sample_rate = SAMPLE_RATE
        self._flac.mux(self._stream.encode(frame))
        self._written += count
