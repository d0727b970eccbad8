"""Tell a channel's own speaker from those whom its microphone hears by the way.

A voice reaches other people's microphones too, weaker than its own by an amount that stays about the same as
long as nobody moves. It is learnt from the recording, for each two channels, so neither the distance of the
microphones nor how they are set must be known.
"""

import numpy as np
import numpy.typing as npt

from scribe_worker.engines.speech import FRAME_S

Decibels = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_QUIETEST = 1e-10
"""Mean square of digital silence, and of what lies below 16 bits."""

_SYLLABLE_FRAMES = 7
"""Speech changes its level from frame to frame; over 0.2 s the speaker who is nearer wins reliably."""

_NEARBY_S = 0.25
"""The loudest moment is looked for so far before and after: what leaks lags behind, and fills the pauses."""

_ENOUGH_S = 1.0
"""Of speech in which a channel is the loudest; who has less has no voice that could leak anywhere."""

_ALONE = 0.1
"""Share of the moments with a loud voice in which surely nobody else speaks, even in a lively meeting: what
the other channels hold then, the quietest tenth of it, is that voice's leak."""

_MARGIN_DB = 9.0
"""So much above the quietest tenth of the leak, it is a voice of its own: leaks vary by some decibels."""

_FAINTEST_DB = -15.0
"""Whoever is fainter than that beside another voice is not understood anyway."""


def level_of(power: npt.NDArray[np.float32], frames: int = _SYLLABLE_FRAMES) -> Decibels:
    """The level over some frames around each one, dB of full scale: float32 [channels, frames].

    power: mean square of each frame, float32 [channels, frames]
    """
    sums = np.pad(np.cumsum(power, axis=1, dtype=np.float64), ((0, 0), (1, 0)))
    number = np.arange(power.shape[1])
    first = np.maximum(number - frames // 2, 0)
    last = np.minimum(number + frames // 2 + 1, power.shape[1])
    mean = (sums[:, last] - sums[:, first]) / (last - first)
    level: Decibels = (10 * np.log10(np.maximum(mean, _QUIETEST))).astype(np.float32)
    return level


def own_speech(level: Decibels, speech: Mask) -> Mask:
    """Where each channel holds speech that did not leak into it from another one.

    level, speech: [channels, frames]; ``speech`` is true where a channel holds speech of whomever
    """
    own = speech.copy()
    loudest = np.where(speech, level, -np.inf).argmax(axis=0)
    for source, its_level in enumerate(level):
        leads = speech[source] & (loudest == source)
        if leads.sum() * FRAME_S < _ENOUGH_S:
            continue
        loud = leads & (its_level >= np.median(its_level[leads]))
        leak = np.quantile(level[:, loud] - its_level[loud], _ALONE, axis=1)
        least = np.clip(leak + _MARGIN_DB, _FAINTEST_DB, 0).astype(np.float32)
        least[source] = -np.inf
        own &= level >= _loudest_nearby(its_level) + least[:, None]
    return own


def _loudest_nearby(level: Decibels) -> Decibels:
    reach = round(_NEARBY_S / FRAME_S)
    around = np.pad(level, reach, mode="edge")
    loudest: Decibels = np.lib.stride_tricks.sliding_window_view(around, 2 * reach + 1).max(axis=1)
    return loudest
