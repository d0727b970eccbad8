"""Where somebody speaks: Silero's voice activity detector, which faster-whisper carries.

Heavy to import the first time (onnxruntime): only ever called in an engine's process.
"""

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

from scribe.media.info import SAMPLE_RATE

FRAME = 512
"""Samples in one frame of the detector."""

FRAME_S = FRAME / SAMPLE_RATE

_BLOCK_FRAMES = 3_750  # two minutes
_LEAD_IN_FRAMES = 64
"""The detector remembers: each block begins two seconds early, so that it knows what came before."""

_HYSTERESIS = 0.15
_LOWEST = 0.01


@dataclass(frozen=True)
class Region:
    """Somebody speaks from ``start`` to ``end``, in seconds from the start of the audio."""

    start: float
    end: float

    @property
    def duration(self) -> float:
        """Seconds."""
        return self.end - self.start


@dataclass(frozen=True)
class Sensitivity:
    """When sound counts as speech. All in seconds, except ``threshold``, a probability."""

    threshold: float = 0.5
    min_silence: float = 0.3
    min_speech: float = 0.15
    pad: float = 0.1


def unavailable() -> str | None:
    """A sentence that says why the detector cannot run here, or None; imports nothing."""
    if find_spec("faster_whisper") is None or find_spec("onnxruntime") is None:
        return "The package faster-whisper, which carries the speech detector, is not installed."
    return None


def speech_probabilities(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The probability of speech in every 32 ms.

    samples: float32 [n], 16 kHz mono, -1 to 1
    returns: float32 [ceil(n / 512)]; memory is bounded by the block, whatever n
    """
    from faster_whisper.vad import get_vad_model  # noqa: PLC0415 - heavy: only in an engine's process

    detect = get_vad_model()
    frames = -(-samples.size // FRAME)
    probabilities = np.zeros(frames, dtype=np.float32)
    for first in range(0, frames, _BLOCK_FRAMES):
        last = min(frames, first + _BLOCK_FRAMES)
        begin = max(0, first - _LEAD_IN_FRAMES)
        # A copy, because the detector writes into its input.
        block = np.zeros((last - begin) * FRAME, dtype=np.float32)
        heard = samples[begin * FRAME : last * FRAME]
        block[: heard.size] = heard
        probabilities[first:last] = np.asarray(detect(block)).reshape(-1)[first - begin :]
    return probabilities


def speech_regions(
    probabilities: npt.NDArray[np.float32], duration: float, sensitivity: Sensitivity
) -> list[Region]:
    """Where speech is, sorted and apart from each other.

    Speech begins when the probability reaches the threshold and ends when it has been clearly below it
    for ``min_silence``.

    probabilities: float32 [n], one for every 32 ms
    duration: of the recording, seconds; no region reaches beyond it
    """
    found: list[Region] = []
    begun: int | None = None
    quiet_since: int | None = None
    leave = max(sensitivity.threshold - _HYSTERESIS, _LOWEST)
    for frame, probability in enumerate(probabilities.tolist()):
        if probability >= sensitivity.threshold:
            begun = frame if begun is None else begun
            quiet_since = None
        elif begun is not None and (probability < leave or quiet_since is not None):
            quiet_since = frame if quiet_since is None else quiet_since
            if (frame - quiet_since) * FRAME_S >= sensitivity.min_silence:
                found.append(Region(begun * FRAME_S, quiet_since * FRAME_S))
                begun = quiet_since = None
    if begun is not None:
        end = probabilities.size if quiet_since is None else quiet_since
        found.append(Region(begun * FRAME_S, end * FRAME_S))
    spoken = [region for region in found if region.duration >= sensitivity.min_speech]
    return _padded(spoken, duration, sensitivity.pad)


def split_long(regions: list[Region], probabilities: npt.NDArray[np.float32], longest: float) -> list[Region]:
    """The same speech in regions of at most ``longest`` seconds, cut where it is least likely speech."""
    parts: list[Region] = []
    for region in regions:
        rest = region
        while rest.duration > longest:
            cut = _quietest(probabilities, rest.start + longest / 2, rest.start + longest)
            parts.append(Region(rest.start, cut))
            rest = Region(cut, rest.end)
        parts.append(rest)
    return parts


def _quietest(probabilities: npt.NDArray[np.float32], start: float, end: float) -> float:
    first, last = int(start / FRAME_S), int(end / FRAME_S)
    return float(first + int(np.argmin(probabilities[first:last])) + 0.5) * FRAME_S


def _padded(regions: list[Region], duration: float, pad: float) -> list[Region]:
    padded: list[Region] = []
    for region in regions:
        start, end = max(0.0, region.start - pad), min(duration, region.end + pad)
        if padded and start <= padded[-1].end:
            padded[-1] = Region(padded[-1].start, max(end, padded[-1].end))
        elif end > start:
            padded.append(Region(start, end))
    return padded
