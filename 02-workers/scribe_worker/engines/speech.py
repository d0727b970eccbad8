"""Where somebody speaks: Silero's voice activity detector, which faster-whisper carries.

Heavy to import the first time (onnxruntime): only ever called in an engine's process.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt

from scribe.media.decoding import AudioReader
from scribe.media.info import SAMPLE_RATE

Samples = npt.NDArray[np.float32]
Probabilities = npt.NDArray[np.float32]

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


def _nobody_asks(_share: float) -> None:
    """For callers who do not follow the progress."""


def unavailable() -> str | None:
    """A sentence that says why the detector cannot run here, or None; imports nothing."""
    if find_spec("faster_whisper") is None or find_spec("onnxruntime") is None:
        return "The package faster-whisper, which carries the speech detector, is not installed."
    return None


def load_detector() -> Callable[[Samples], Probabilities]:
    """The detector, which stays in memory from the first call on.

    It takes float32 [512 * frames] at 16 kHz, into which it writes, and returns a probability a frame.
    """
    from faster_whisper.vad import get_vad_model  # noqa: PLC0415 - heavy: only in an engine's process

    model = get_vad_model()
    return lambda samples: np.asarray(model(samples), dtype=np.float32).reshape(-1)


def probabilities_of(audio: AudioReader, heard: Callable[[float], None] = _nobody_asks) -> Probabilities:
    """The probability of speech in every 32 ms of a recording: float32 [ceil(samples / 512)].

    Several channels are heard as their mean. Memory is bounded by a block of two minutes, whatever the
    recording's length.

    heard: called with the share that has been listened to; raising in it ends the call
    """
    mono = _detect(lambda start, end: audio.read(start, end)[None], audio.duration, heard)
    return mono.reshape(-1)


def channel_probabilities_of(
    audio: AudioReader, heard: Callable[[float], None] = _nobody_asks
) -> Probabilities:
    """The same for every channel on its own: float32 [channels, frames]."""
    return _detect(audio.read_channels, audio.duration, heard)


def _detect(
    read: Callable[[float, float], Samples], duration: float, heard: Callable[[float], None]
) -> Probabilities:
    """Listen block by block, read: from and to which second, returning float32 [channels, n]."""
    detect = load_detector()
    found: list[Probabilities] = []
    lead_in = read(0, 0)
    for first in itertools.count(0, _BLOCK_FRAMES):
        block = read(first * FRAME_S, (first + _BLOCK_FRAMES) * FRAME_S)
        frames = -(-block.shape[1] // FRAME)
        block = np.pad(block, ((0, 0), (0, frames * FRAME - block.shape[1])))
        known = lead_in.shape[1] // FRAME
        remembered = np.concatenate([lead_in, block], axis=1)
        if frames:
            found.append(np.stack([detect(each)[known:] for each in remembered]))
            heard(min(1.0, (first + frames) * FRAME_S / max(duration, FRAME_S)))
        if frames < _BLOCK_FRAMES:
            break
        lead_in = block[:, -_LEAD_IN_FRAMES * FRAME :]
    return np.concatenate(found, axis=1) if found else np.zeros((len(lead_in), 0), np.float32)


def speech_regions(probabilities: Probabilities, duration: float, sensitivity: Sensitivity) -> list[Region]:
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


def split_long(regions: list[Region], probabilities: Probabilities, longest: float) -> list[Region]:
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


def _quietest(probabilities: Probabilities, start: float, end: float) -> float:
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
