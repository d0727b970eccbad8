"""From the chunks of a recording to the whole of it: one number a person throughout."""

from collections.abc import Sequence

import numpy as np

from scribe_worker.engines.pyannote_audio.heard import Heard, in_order_of_appearance, joined, renamed
from scribe_worker.engines.pyannote_audio.linking import Voice, link, unit
from scribe_worker.engines.pyannote_audio.speakers import Bounds


def whole(parts: Sequence[Heard], bounds: Bounds, threshold: float) -> Heard:
    """What was heard in all ``parts``, which follow one another; speakers in order of appearance.

    A person's voice is the mean of theirs in the parts, weighted by seconds. ``threshold`` is ``link``'s.
    """
    voices = [
        Voice(chunk, seconds, embedding)
        for chunk, part in enumerate(parts)
        for seconds, embedding in zip(part.seconds(), part.voices, strict=True)
    ]
    if not voices:
        return Heard((), (), np.zeros((0, 0)))
    # Those who spoke only after the place where their chunk was cut are somebody in the next chunk.
    speaking = [number for number, voice in enumerate(voices) if voice.seconds > 0]
    people = dict(
        zip(speaking, link([voices[number] for number in speaking], bounds, threshold), strict=True)
    )
    sums = np.zeros((len(set(people.values())), len(voices[0].embedding)))
    for number, person in people.items():
        sums[person] += voices[number].seconds * voices[number].embedding
    turns, exclusive, first = [], [], 0
    for part in parts:
        numbers = [people.get(first + speaker, -1) for speaker in range(len(part.voices))]
        turns += renamed(part.turns, numbers)
        exclusive += renamed(part.exclusive, numbers)
        first += len(part.voices)
    return in_order_of_appearance(Heard(tuple(joined(turns)), tuple(joined(exclusive)), unit(sums)))
