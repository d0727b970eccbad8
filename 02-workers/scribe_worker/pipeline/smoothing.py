"""Keep a sentence with its speaker through the short flips of a diariser."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scribe_worker.pipeline.spans import Words

PAUSE_MS = 800
"""A longer silence ends a sentence whatever its punctuation."""

SHORT_MS = 1000
"""A stretch of another speaker inside a sentence is taken for a flip up to this length."""

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Runs:
    """Words side by side in one sentence with one speaker.

    of_word: the run of each word, int [n]; first: the first word of each run, int [r]; length: ms, int [r]
    """

    of_word: Ints
    first: Ints
    length: Ints


def smooth_speakers(words: Words, ends_sentence: npt.NDArray[np.bool_], speakers: Ints) -> Ints:
    """The speaker of each word, without flips inside sentences.

    A sentence ends with its mark and holds no pause of more than 0.8 s; what has no mark is left alone, since
    an interjection could not be told from a flip there. A sentence belongs to whoever speaks most of it, if
    that is more than half. Stretches of others in it that
    last at most 1 s are given to that speaker. A short interjection that is a sentence of its own ("Yes.")
    keeps its speaker, and so does whoever takes a sentence over for longer.

    words: sorted by start, [n]; ends_sentence: whether each word ends one, [n]
    speakers: any non-negative numbers, and -1 for nobody, int [n]
    returns: int [n]; every number in it was in ``speakers``. O(n).
    """
    if not speakers.size:
        return speakers
    start, end = _milliseconds(words.start), _milliseconds(words.end)
    sentence = _sentences(start, end, ends_sentence)
    runs = _runs(start, end, sentence, speakers)
    owner = _owners(sentence[runs.first], speakers[runs.first], runs.length)
    of_run = owner[sentence[runs.first]]
    last_words = np.concatenate([np.flatnonzero(np.diff(sentence)), [sentence.size - 1]])
    marked = ends_sentence[last_words][sentence[runs.first]]
    flips = (of_run >= 0) & marked & (runs.length <= SHORT_MS)
    return np.where(flips, of_run, speakers[runs.first])[runs.of_word]


def _milliseconds(seconds: npt.NDArray[np.float64]) -> Ints:
    """Whole ones, so that halves are halves and equal lengths are equal."""
    return np.rint(seconds * 1000).astype(np.int64)


def _sentences(start: Ints, end: Ints, ends_sentence: npt.NDArray[np.bool_]) -> Ints:
    """The sentence of each word, counted from 0."""
    pause = start[1:] - np.maximum.accumulate(end)[:-1] > PAUSE_MS
    return np.concatenate([[0], np.cumsum(ends_sentence[:-1] | pause)])


def _runs(start: Ints, end: Ints, sentence: Ints, speakers: Ints) -> _Runs:
    begins = np.concatenate([[True], (np.diff(sentence) != 0) | (np.diff(speakers) != 0)])
    first = np.flatnonzero(begins)
    return _Runs(np.cumsum(begins) - 1, first, np.maximum.reduceat(end, first) - start[first])


def _owners(sentence: Ints, speaker: Ints, length: Ints) -> Ints:
    """Who speaks more than half of each sentence, -1 where nobody does; one entry a run each."""
    known, position = np.unique(speaker, return_inverse=True)
    pairs, of_run = np.unique(sentence * len(known) + position, return_inverse=True)
    spoken = np.bincount(of_run, weights=length)
    of_pair = pairs // len(known)
    total = np.bincount(of_pair, weights=spoken)
    owners = np.full(len(total), -1, dtype=np.int64)
    most = spoken > total[of_pair] / 2
    owners[of_pair[most]] = known[pairs[most] % len(known)]
    return owners
