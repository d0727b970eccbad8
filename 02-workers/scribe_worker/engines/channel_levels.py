"""How loud each channel of a recording is from moment to moment, and which of them hold the same sound."""

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scribe.media.decoding import AudioReader
from scribe_worker.engines.speech import FRAME, FRAME_S

_BLOCK_FRAMES = 3_750  # two minutes
_SAME = 0.98
"""Correlation from which on two channels are the same but for their loudness. Two microphones that hear each
other's speakers 6 dB weaker than their own reach 0.8, with 20 dB it is 0.2; what a codec does to one sound in
two channels leaves more than 0.99."""


@dataclass(frozen=True)
class Levels:
    """What there is to know of the channels besides speech.

    power: mean square of each frame of 32 ms, float32 [channels, frames]
    likeness: correlation of whole channels, float64 [channels, channels], -1 to 1; 0 for a silent one
    """

    power: npt.NDArray[np.float32]
    likeness: npt.NDArray[np.float64]

    def same(self) -> list[list[int]]:
        """The channels in groups that hold the same sound, the loudest of each group first."""
        groups: list[list[int]] = []
        total = self.power.sum(axis=1, dtype=np.float64)
        for channel in np.argsort(-total, kind="stable").tolist():
            like = [group for group in groups if abs(self.likeness[channel, group[0]]) >= _SAME]
            if like:
                like[0].append(channel)
            else:
                groups.append([channel])
        return groups


def measure(audio: AudioReader) -> Levels:
    """Read the recording once, two minutes at a time."""
    count = audio.channels
    power: list[npt.NDArray[np.float32]] = []
    total, products, samples = np.zeros(count), np.zeros((count, count)), 0
    for first in itertools.count(0, _BLOCK_FRAMES):
        block = audio.read_channels(first * FRAME_S, (first + _BLOCK_FRAMES) * FRAME_S)
        samples += block.shape[1]
        total += block.sum(axis=1, dtype=np.float64)
        products += block @ block.T
        frames = -(-block.shape[1] // FRAME)
        padded = np.pad(block, ((0, 0), (0, frames * FRAME - block.shape[1])))
        power.append(np.square(padded).reshape(count, frames, FRAME).mean(axis=2))
        if frames < _BLOCK_FRAMES:
            break
    covariance = products / max(samples, 1) - np.outer(total, total) / max(samples, 1) ** 2
    return Levels(np.concatenate(power, axis=1), _correlation(covariance))


def _correlation(covariance: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    spread = np.sqrt(np.maximum(np.diag(covariance), 0))
    scale = np.outer(spread, spread)
    return np.asarray(np.divide(covariance, scale, out=np.zeros_like(covariance), where=scale > 0))
