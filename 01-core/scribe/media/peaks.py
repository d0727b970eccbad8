"""The waveform that a player draws, gathered while the recording is decoded. Runs in the child only."""

import json
from typing import Final

import numpy as np
import numpy.typing as npt

from scribe.media.info import SAMPLE_RATE

_PER_SECOND: Final = 20
_MOST: Final = 36_000
_WINDOW: Final = SAMPLE_RATE // _PER_SECOND
_BLOCK: Final = 2 * SAMPLE_RATE * 10
"""Bytes that are gathered before numpy looks at them: calling it for every frame would cost more."""
_FULL_SCALE: Final = 32_768


class Peaks:
    """The loudest sample of each twentieth of a second, thinned out for long recordings."""

    def __init__(self) -> None:
        self._unseen = bytearray()
        self._found = bytearray()
        self._samples = 0

    def add(self, samples: npt.NDArray[np.int16]) -> None:
        """Take note of 16 kHz mono samples, int16 [n]."""
        self._samples += samples.size
        self._unseen += samples.tobytes()
        if len(self._unseen) >= _BLOCK:
            self._look(len(self._unseen) // (2 * _WINDOW) * _WINDOW)

    def as_json(self) -> str:
        """``peaks``: 0-255 each, ``per_second`` of them a second; ``duration`` in seconds."""
        self._unseen += bytes(-len(self._unseen) % (2 * _WINDOW))
        self._look(len(self._unseen) // 2)
        peaks = np.frombuffer(bytes(self._found), np.uint8)
        step = max(1, -(-peaks.size // _MOST))
        thinned = np.pad(peaks, (0, -peaks.size % step)).reshape(-1, step).max(axis=1, initial=0)
        return json.dumps(
            {
                "version": 1,
                "duration": round(self._samples / SAMPLE_RATE, 3),
                "per_second": _PER_SECOND / step,
                "peaks": thinned.tolist(),
            },
            separators=(",", ":"),
        )

    def _look(self, count: int) -> None:
        windows = np.frombuffer(bytes(self._unseen[: 2 * count]), np.int16).reshape(-1, _WINDOW)
        loudest = np.maximum(windows.max(axis=1, initial=0), -windows.min(axis=1, initial=0).astype(np.int32))
        self._found += (loudest * 255 // _FULL_SCALE).astype(np.uint8).tobytes()
        del self._unseen[: 2 * count]
