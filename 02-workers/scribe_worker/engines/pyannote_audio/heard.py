"""What was heard in one part of a recording, and how parts become a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scribe_worker.engines.base import Turn
from scribe_worker.engines.pyannote_audio.linking import Vectors

_SAME_INSTANT_S = 1e-6


@dataclass(frozen=True)
class Heard:
    """Turns in seconds from the start of the recording, and the voices of their speakers.

    turns: may overlap; exclusive: do not
    voices: by speaker, float64 [speakers, d], of unit length, or zeros
    """

    turns: tuple[Turn, ...]
    exclusive: tuple[Turn, ...]
    voices: Vectors

    def until(self, end: float) -> "Heard":
        """Without what comes after ``end``."""
        return Heard(clip(self.turns, end), clip(self.exclusive, end), self.voices)

    def seconds(self) -> list[float]:
        """How long each speaker is heard."""
        spoken = [0.0] * len(self.voices)
        for turn in self.turns:
            spoken[turn.speaker] += turn.end - turn.start
        return spoken


def clip(turns: Iterable[Turn], end: float) -> tuple[Turn, ...]:
    """The turns up to ``end`` seconds, and nothing that would be left empty."""
    return tuple(
        turn if turn.end <= end else turn.model_copy(update={"end": end})
        for turn in turns
        if turn.start < min(turn.end, end)
    )


def renamed(turns: Iterable[Turn], speakers: Sequence[int]) -> list[Turn]:
    """The turns with ``speakers[n]`` for speaker n."""
    return [turn.model_copy(update={"speaker": speakers[turn.speaker]}) for turn in turns]


def joined(turns: Iterable[Turn]) -> list[Turn]:
    """Turns by start, those of one speaker that touch or overlap as one."""
    whole: list[Turn] = []
    last: dict[int, int] = {}
    for turn in sorted(turns, key=lambda turn: (turn.start, turn.end, turn.speaker)):
        before = last.get(turn.speaker)
        if before is not None and turn.start <= whole[before].end + _SAME_INSTANT_S:
            end = max(whole[before].end, turn.end)
            whole[before] = whole[before].model_copy(update={"end": end})
            continue
        last[turn.speaker] = len(whole)
        whole.append(turn)
    return whole


def in_order_of_appearance(heard: Heard) -> Heard:
    """The same with speakers counted as they are first heard; who is never heard is left out."""
    appeared = list(dict.fromkeys(turn.speaker for turn in (*heard.turns, *heard.exclusive)))
    numbers = [appeared.index(speaker) if speaker in appeared else -1 for speaker in range(len(heard.voices))]
    return Heard(
        turns=tuple(renamed(heard.turns, numbers)),
        exclusive=tuple(renamed(heard.exclusive, numbers)),
        voices=heard.voices[np.array(appeared, dtype=np.intp)],
    )
