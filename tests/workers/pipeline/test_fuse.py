"""Every word gets the speaker that an exhaustive search would give it."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scribe_worker.engines.base import Turn, Word
from scribe_worker.pipeline.fuse import assign_speakers, fuse
from scribe_worker.pipeline.spans import Turns, Words

Spans = list[tuple[float, float]]

TENTHS = st.integers(0, 80).map(lambda tenths: tenths / 10)
WORDS = st.lists(st.tuples(TENTHS, st.integers(0, 30)), max_size=20).map(
    lambda drawn: sorted((start, start + tenths / 10) for start, tenths in drawn)
)


def exclusive(edges: list[float], kept: list[bool]) -> Spans:
    edges = sorted(edges)
    return [span for span, keep in zip(pairwise(edges), kept, strict=False) if keep]


TURNS = st.builds(exclusive, st.lists(TENTHS, unique=True, max_size=16), st.lists(st.booleans(), min_size=16))


def arrays(spans: Spans) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], ...]:
    return np.array([start for start, _ in spans]), np.array([end for _, end in spans])


def by_exhaustive_search(word: tuple[float, float], turns: Spans) -> int:
    """Most overlap first; without any, least distance; the earlier on a tie."""
    overlaps = [min(word[1], end) - max(word[0], start) for start, end in turns]
    touched = [start < word[1] and word[0] < end for start, end in turns]
    if any(touched):
        return max(range(len(turns)), key=lambda turn: (touched[turn], overlaps[turn], -turn))
    distances = [max(start - word[1], word[0] - end) for start, end in turns]
    return min(range(len(turns)), key=lambda turn: (distances[turn], turn), default=-1)


@given(words=WORDS, turns=TURNS)
@example(words=[(0.0, 8.0)], turns=[(0.0, 1.0), (1.0, 3.0), (3.0, 5.0), (6.0, 7.0)])
@settings(max_examples=300, deadline=None)
def test_speakers_are_those_of_an_exhaustive_search(words: Spans, turns: Spans) -> None:
    assigned = assign_speakers(Words(*arrays(words)), Turns(*arrays(turns)))

    assert assigned.dtype == np.int32
    assert assigned.tolist() == [by_exhaustive_search(word, turns) for word in words]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ((0.5, 1.5), 0),
        ((1.5, 2.6), 1),
        ((1.5, 2.5), 0),
        ((1.0, 9.0), 1),
        ((6.5, 6.8), 1),
        ((7.2, 7.5), 2),
        ((6.5, 7.5), 1),
        ((2.0, 2.0), 0),
        ((3.0, 3.0), 1),
        ((99.0, 99.5), 2),
    ],
    ids=[
        "inside one",
        "more in the second",
        "a tie goes to the earlier",
        "longer than a turn",
        "gap, nearer to the one before",
        "gap, nearer to the one after",
        "gap, equally near",
        "no length, between two",
        "no length, inside one",
        "after all",
    ],
)
def test_a_word_takes_the_turn_that_overlaps_it_most_or_is_nearest(
    word: tuple[float, float], expected: int
) -> None:
    turns = Turns(*arrays([(0, 2), (2, 6), (8, 9)]))

    assert assign_speakers(Words(*arrays([word])), turns).tolist() == [expected]


def test_without_turns_nobody_is_named() -> None:
    assert assign_speakers(Words(*arrays([(0, 1), (1, 2)])), Turns(*arrays([]))).tolist() == [-1, -1]


def test_without_words_there_is_nothing_to_name() -> None:
    assert assign_speakers(Words(*arrays([])), Turns(*arrays([(0, 1)]))).size == 0


@pytest.mark.parametrize("turns", [[(0, 2), (1, 3)], [(2, 3), (0, 1)], [(1, 1)]])
def test_turns_that_are_not_exclusive_and_sorted_are_refused(turns: Spans) -> None:
    with pytest.raises(ValueError, match="turns must be sorted"):
        Turns(*arrays(turns))


@pytest.mark.parametrize("words", [[(2, 3), (0, 1)], [(1, 0)]])
def test_words_that_are_not_sorted_are_refused(words: Spans) -> None:
    with pytest.raises(ValueError, match="words must be sorted"):
        Words(*arrays(words))


def word(start: float, text: str) -> Word:
    return Word(start=start, end=start + 0.4, text=text, confidence=0.5)


def test_speakers_are_numbered_as_they_are_first_heard() -> None:
    turns = [
        Turn(start=0, end=1, speaker=7),
        Turn(start=1, end=2, speaker=3),
        Turn(start=2, end=3, speaker=7),
    ]

    speakers, segments = fuse([word(0, "Shall"), word(0.5, "we?"), word(1, "Yes."), word(2, "Good.")], turns)

    assert [(speaker.id, speaker.label) for speaker in speakers] == [("S1", "Speaker 1"), ("S2", "Speaker 2")]
    assert [(part.speaker, part.text) for part in segments] == [
        ("S1", "Shall we?"),
        ("S2", "Yes."),
        ("S1", "Good."),
    ]


def test_a_speaker_who_says_no_word_is_not_listed() -> None:
    turns = [Turn(start=0, end=1, speaker=0), Turn(start=5, end=9, speaker=1)]

    assert len(fuse([word(0, "Hello?")], turns)[0]) == 1


def test_a_recording_without_turns_has_segments_without_speakers() -> None:
    speakers, segments = fuse([word(0, "Hello.")], [])

    assert speakers == ()
    assert [part.speaker for part in segments] == [None]


def test_silence_becomes_an_empty_transcript() -> None:
    assert fuse([], []) == ((), ())


def test_an_empty_turn_counts_for_nothing() -> None:
    turns = [Turn(start=0.2, end=0.2, speaker=1), Turn(start=0, end=1, speaker=0)]

    assert len(fuse([word(0, "Hello.")], turns)[0]) == 1


def test_turns_that_overlap_by_a_mistake_of_the_engine_are_cut_apart() -> None:
    turns = [
        Turn(start=0, end=1.2, speaker=0),
        Turn(start=1.0, end=2, speaker=1),
        Turn(start=1.1, end=1.15, speaker=2),
    ]

    _, segments = fuse([word(0, "Hello."), word(1.3, "Yes.")], turns)

    assert [part.speaker for part in segments] == ["S1", "S2"]
