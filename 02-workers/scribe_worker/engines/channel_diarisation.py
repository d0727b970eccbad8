"""The steps of diarisation by channel: hear every channel, drop what leaked into it, write the turns."""

from itertools import groupby

import numpy as np
import numpy.typing as npt

from scribe.media.decoding import AudioReader
from scribe.transcript.document import Notice
from scribe_worker.engines.base import NO_SPEECH, Diarisation, Progress, Turn
from scribe_worker.engines.channel_levels import measure
from scribe_worker.engines.crosstalk import Mask, level_of, own_speech
from scribe_worker.engines.speech import (
    FRAME_S,
    Probabilities,
    Region,
    Sensitivity,
    channel_probabilities_of,
    speech_regions,
)

_SENSITIVITY = Sensitivity(threshold=0.4, min_silence=0.5, min_speech=0.2, pad=3 * FRAME_S)
"""Less sensitive than for diarisation by voice, since a microphone of one's own hears its speaker well. The
pad is whole frames, so that all turns lie on one grid."""

_STEADY_FRAMES = 15
"""Half a second, about a word, over which the louder one of two who speak at once is found."""

_LISTENED = 0.95
"""Share of the whole time that the detector takes."""


def diarise_channels(audio: AudioReader, progress: Progress) -> Diarisation:
    """One speaker a channel; no turns and a notice where nobody speaks.

    Memory hardly grows with the duration: what is kept of a frame of 32 ms is a probability and a level.
    """
    probabilities = channel_probabilities_of(audio, lambda share: progress(_LISTENED * share))
    levels = measure(audio)
    groups = levels.same()
    kept = sorted(group[0] for group in groups)
    spoken = {
        channel: regions
        for channel, regions in zip(
            kept, _own(probabilities[kept], levels.power[kept], audio.duration), strict=True
        )
        if regions
    }
    warnings = tuple(_identical(group) for group in groups if len(group) > 1 and levels.power[group[0]].any())
    if not spoken:
        return Diarisation(turns=(), exclusive=(), warnings=(NO_SPEECH, *warnings))
    heard = sorted(spoken, key=lambda channel: spoken[channel][0].start)
    in_order = [spoken[channel] for channel in heard]
    return Diarisation(
        turns=tuple(sorted(_turns(in_order), key=lambda turn: (turn.start, turn.speaker))),
        exclusive=tuple(_one_at_a_time(in_order, levels.power[heard], audio.duration)),
        warnings=warnings,
    )


def _own(probabilities: Probabilities, power: npt.NDArray[np.float32], duration: float) -> list[list[Region]]:
    """The speech of each channel's own speaker."""
    speech = np.stack([_mask(_regions(each, duration), len(each)) for each in probabilities])
    own = np.where(own_speech(level_of(power), speech), probabilities, np.float32(0))
    return [_regions(each, duration) for each in own]


def _regions(probabilities: Probabilities, duration: float) -> list[Region]:
    return speech_regions(probabilities, duration, _SENSITIVITY)


def _mask(regions: list[Region], frames: int) -> Mask:
    mask = np.zeros(frames, dtype=np.bool_)
    for region in regions:
        mask[round(region.start / FRAME_S) : round(region.end / FRAME_S)] = True
    return mask


def _turns(spoken: list[list[Region]]) -> list[Turn]:
    return [
        Turn(start=region.start, end=region.end, speaker=speaker)
        for speaker, regions in enumerate(spoken)
        for region in regions
    ]


def _one_at_a_time(spoken: list[list[Region]], power: npt.NDArray[np.float32], duration: float) -> list[Turn]:
    """Turns that do not overlap: where several speak, the one who is louder than usual, for half a second."""
    speech = np.stack([_mask(regions, power.shape[1]) for regions in spoken])
    level = level_of(power, _STEADY_FRAMES)
    usual = np.array([np.median(each[mine]) for each, mine in zip(level, speech, strict=True)])
    loudest = np.where(speech, level - usual[:, None], -np.inf).argmax(axis=0)
    speaking = np.where(speech.any(axis=0), loudest, -1)
    turns: list[Turn] = []
    frame = 0
    for speaker, run in groupby(speaking.tolist()):
        start = frame * FRAME_S
        frame += len(list(run))
        if speaker >= 0:
            turns.append(Turn(start=start, end=min(duration, frame * FRAME_S), speaker=speaker))
    return turns


def _identical(group: list[int]) -> Notice:
    numbers = [str(channel + 1) for channel in sorted(group)]
    message = (
        f"Channels {', '.join(numbers[:-1])} and {numbers[-1]} hold the same sound, so they count as one "
        "speaker. Choose another diariser if several people speak there."
    )
    return Notice(code="CHANNELS_IDENTICAL", message=message)
