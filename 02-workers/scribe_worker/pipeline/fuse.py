"""Give every word a speaker: the last step before a transcript is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from scribe.transcript.document import Segment, Speaker
from scribe_worker.engines.base import Turn, Word
from scribe_worker.pipeline.segmentation import build_segments

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Words:
    """Start and end of each word in seconds, float64 [n]; sorted by start, which is checked."""

    start: Floats
    end: Floats

    def __post_init__(self) -> None:
        if np.any(np.diff(self.start) < 0) or np.any(self.end < self.start):
            raise ValueError("words must be sorted by start, and none may end before it starts")

    @classmethod
    def of(cls, words: Sequence[Word]) -> Self:
        """The times of an engine's words."""
        return cls(*_times(words))


@dataclass(frozen=True, eq=False)
class Turns:
    """Start and end of each exclusive turn in seconds, float64 [m]; sorted, which is checked."""

    start: Floats
    end: Floats

    def __post_init__(self) -> None:
        if np.any(self.end <= self.start) or np.any(self.start[1:] < self.end[:-1]):
            raise ValueError("turns must be sorted, must not overlap and must have a length")

    @classmethod
    def of(cls, turns: Sequence[Turn]) -> Self:
        """The times of an engine's turns."""
        return cls(*_times(turns))


def fuse(words: Sequence[Word], turns: Sequence[Turn]) -> tuple[tuple[Speaker, ...], tuple[Segment, ...]]:
    """The speakers in the order in which they are first heard, and what they say in segments for reading.

    words: as transcribed, in any order
    turns: exclusive (non-overlapping) turns, in any order; those without a length count for nothing.
        Without turns there are no speakers, and segments name none.
    """
    spoken = sorted(words, key=lambda word: word.start)
    exclusive = sorted((turn for turn in turns if turn.end > turn.start), key=lambda turn: turn.start)
    heard = [
        None if turn < 0 else exclusive[turn].speaker
        for turn in assign_speakers(Words.of(spoken), Turns.of(exclusive)).tolist()
    ]
    order = {
        number: position for position, number in enumerate(dict.fromkeys(heard), 1) if number is not None
    }
    speakers = tuple(Speaker(id=f"S{position}", label=f"Speaker {position}") for position in order.values())
    ids = [None if number is None else f"S{order[number]}" for number in heard]
    return speakers, build_segments(spoken, ids)


def assign_speakers(words: Words, turns: Turns) -> npt.NDArray[np.int32]:
    """The index into ``turns`` of the turn that overlaps each word most.

    words: start and end in seconds, float64 [n], sorted by start
    turns: exclusive (non-overlapping) turns, start and end in seconds, float64 [m], sorted
    returns: int32 [n]; a word in a gap takes the nearest turn; -1 where there are no turns at all.
        Between turns that overlap a word equally, or are equally near, the earlier one wins.
    O((n + m) log m) as long as words do not overlap one another much: turns are exclusive, so those that
    overlap a word lie side by side, and only a word longer than a turn can meet more than two.
    """
    count = len(words.start)
    if not len(turns.start):
        return np.full(count, -1, dtype=np.int32)
    first = np.searchsorted(turns.end, words.start, side="right")
    behind_last = np.searchsorted(turns.start, words.end, side="left")
    met = np.maximum(behind_last - first, 0)

    assigned = _nearest(words, turns, following=first)
    pairs_before = np.cumsum(met) - met
    word = np.repeat(np.arange(count), met)
    if word.size:
        turn = first[word] + np.arange(word.size) - pairs_before[word]
        overlap = np.minimum(words.end[word], turns.end[turn]) - np.maximum(
            words.start[word], turns.start[turn]
        )
        groups = pairs_before[met > 0]
        most = np.repeat(np.maximum.reduceat(overlap, groups), met[met > 0])
        earliest = np.minimum.reduceat(np.where(overlap == most, turn, len(turns.start)), groups)
        assigned[met > 0] = earliest
    return assigned.astype(np.int32)


def _nearest(words: Words, turns: Turns, following: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """For words in a gap: the turn before it or the one after, whichever is nearer.

    following: the first turn that ends after each word starts, int [n]
    """
    last = len(turns.start) - 1
    before, after = np.maximum(following - 1, 0), np.minimum(following, last)
    to_before = np.where(following > 0, words.start - turns.end[before], np.inf)
    to_after = np.where(following <= last, turns.start[after] - words.end, np.inf)
    return np.where(to_before <= to_after, before, after)


def _times(spans: Sequence[Word] | Sequence[Turn]) -> tuple[Floats, Floats]:
    times = np.array([(span.start, span.end) for span in spans], dtype=np.float64).reshape(-1, 2)
    return times[:, 0], times[:, 1]
