"""Give every word a speaker: the last step before a transcript is published."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scribe.transcript.document import Segment, Speaker
from scribe_worker.engines.base import Doubt, Turn, Word
from scribe_worker.pipeline.flags import flag_segments
from scribe_worker.pipeline.segmentation import build_segments, ends_sentence
from scribe_worker.pipeline.smoothing import smooth_speakers
from scribe_worker.pipeline.spans import Turns, Words


def fuse(
    words: Sequence[Word], turns: Sequence[Turn], doubts: Sequence[Doubt] = (), *, smooth: bool = True
) -> tuple[tuple[Speaker, ...], tuple[Segment, ...]]:
    """The speakers in the order in which they are first heard, and what they say in segments for reading.

    words: as transcribed, in any order
    turns: exclusive (non-overlapping) turns, in any order; those without a length count for nothing, and
        where two overlap by a mistake of the engine, the later one begins when the earlier one ends.
        Without turns there are no speakers, and segments name none.
    doubts: what the transcriber was not sure of; they become flags of segments
    smooth: whether a sentence keeps its speaker through short flips of the diariser
    """
    spoken = sorted(words, key=lambda word: word.start)
    exclusive = _apart(turns)
    times = Words.of(spoken)
    numbers = np.array([*(turn.speaker for turn in exclusive), -1], dtype=np.int64)
    heard = numbers[assign_speakers(times, Turns.of(exclusive))]
    if smooth:
        ends = np.fromiter((ends_sentence(word.text) for word in spoken), dtype=np.bool_, count=len(spoken))
        heard = smooth_speakers(times, ends, heard)
    order = {number: place for place, number in enumerate(dict.fromkeys(heard[heard >= 0].tolist()), 1)}
    speakers = tuple(Speaker(id=f"S{place}", label=f"Speaker {place}") for place in order.values())
    ids = [f"S{order[number]}" if number >= 0 else None for number in heard.tolist()]
    return speakers, flag_segments(build_segments(spoken, ids), doubts)


def _apart(turns: Sequence[Turn]) -> list[Turn]:
    """The turns in order, without those that have no length and without what others cover already."""
    apart: list[Turn] = []
    until = 0.0
    for turn in sorted(turns, key=lambda turn: turn.start):
        if turn.end > max(turn.start, until):
            apart.append(turn.model_copy(update={"start": max(turn.start, until)}))
            until = turn.end
    return apart


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
