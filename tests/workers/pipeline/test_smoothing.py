"""Flips inside sentences go, interjections and real changes of the speaker stay."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scribe_worker.engines.base import Turn, Word
from scribe_worker.pipeline.fuse import fuse
from scribe_worker.pipeline.segmentation import ends_sentence
from scribe_worker.pipeline.smoothing import PAUSE_MS, SHORT_MS, smooth_speakers
from scribe_worker.pipeline.spans import Words

Said = list[tuple[str, int]]


def smoothed(said: Said, *, seconds: float = 0.4, gaps: dict[int, float] | None = None) -> list[int]:
    """The speakers after smoothing of words of that length, with a pause before some of them."""
    starts, now = [], 0.0
    for number in range(len(said)):
        now += (gaps or {}).get(number, 0.0)
        starts.append(now)
        now += seconds
    times = Words(np.array(starts), np.array(starts) + seconds)
    ends = np.array([ends_sentence(text) for text, _ in said], dtype=np.bool_)
    given = np.array([speaker for _, speaker in said], dtype=np.int64)
    return [int(speaker) for speaker in smooth_speakers(times, ends, given)]


def spoken(text: str, speakers: str) -> Said:
    return [(word, int(speaker)) for word, speaker in zip(text.split(), speakers, strict=True)]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        pytest.param("we will meet on Monday at nine.", "0001000", "0000000", id="a flip in the middle"),
        pytest.param("we will meet on Monday.", "10000", "00000", id="the end of the turn before"),
        pytest.param("we will meet on Monday.", "00001", "00000", id="the begin of the turn after"),
        pytest.param("we will meet. Yes. on Monday.", "000111", "000111", id="an interjection"),
        pytest.param("shall we go now and then we left.", "00001111", "00001111", id="nobody has most of it"),
        pytest.param(
            "we will meet on Monday at nine or ten.", "000001111", "000001111", id="more than a flip"
        ),
    ],
)
def test_a_sentence_keeps_its_speaker_through_short_flips(text: str, before: str, after: str) -> None:
    assert smoothed(spoken(text, before)) == [int(speaker) for speaker in after]


def test_a_pause_ends_a_sentence_and_what_has_no_full_stop_is_left_alone() -> None:
    said = spoken("we will yes meet on Monday.", "001000")

    assert smoothed(said) == [0, 0, 0, 0, 0, 0]
    assert smoothed(said, gaps={3: PAUSE_MS / 1000 + 0.1}) == [0, 0, 1, 0, 0, 0]


def test_an_interjection_between_unpunctuated_words_keeps_its_speaker() -> None:
    assert smoothed(spoken("so so so oui et et et", "0001000")) == [0, 0, 0, 1, 0, 0, 0]


def test_words_of_nobody_take_the_sentences_speaker() -> None:
    said = [("we", 0), ("will", -1), ("meet.", 0)]

    assert smoothed(said) == [0, 0, 0]


def test_smoothing_can_be_switched_off() -> None:
    words = [
        Word(start=i / 2, end=i / 2 + 0.4, text=text, confidence=1)
        for i, text in enumerate(["a", "b", "c", "d."])
    ]
    edges = [(0, 1.0, 0), (1.0, 1.5, 1), (1.5, 2.0, 0)]
    turns = [Turn(start=start, end=end, speaker=speaker) for start, end, speaker in edges]

    assert len(fuse(words, turns)[0]) == 1
    assert len(fuse(words, turns, smooth=False)[0]) == 2


WORD = st.tuples(
    st.sampled_from(["so", "well", "yes.", "no?"]), st.integers(-1, 3), st.sampled_from([0.0, 0.3, 1.0])
)


@given(drawn=st.lists(WORD, max_size=30), seconds=st.sampled_from([0.1, 0.4, 0.6]))
@settings(max_examples=300, deadline=None)
def test_smoothing_is_what_it_says(drawn: list[tuple[str, int, float]], seconds: float) -> None:
    said = [(text, speaker) for text, speaker, _ in drawn]
    gaps = {number: gap for number, (_, _, gap) in enumerate(drawn)}

    assert smoothed(said, seconds=seconds, gaps=gaps) == by_the_word(said, seconds, gaps)


def by_the_word(said: Said, seconds: float, gaps: dict[int, float]) -> list[int]:
    """The same, sentence by sentence and run by run."""
    result: list[int] = []
    sentence: list[int] = []  # left alone where it does not end with a mark
    for number, (text, speaker) in enumerate(said):
        if sentence and gaps.get(number, 0.0) * 1000 > PAUSE_MS:
            result += sentence
            sentence = []
        sentence.append(speaker)
        if ends_sentence(text):
            result += settled(sentence, seconds, gaps, len(result))
            sentence = []
    return result + sentence


def settled(sentence: list[int], seconds: float, gaps: dict[int, float], first: int) -> list[int]:
    runs: list[tuple[int, int, int]] = []
    word = round(seconds * 1000)
    for place, speaker in enumerate(sentence):
        gap = round(gaps.get(first + place, 0.0) * 1000)
        if runs and runs[-1][0] == speaker:
            was = runs[-1]
            runs[-1] = (speaker, was[1] + 1, was[2] + gap + word)
        else:
            runs.append((speaker, 1, word))
    total = sum(length for _, _, length in runs)
    spoken_by = {speaker: sum(length for who, _, length in runs if who == speaker) for speaker, _, _ in runs}
    owner = next((who for who, length in spoken_by.items() if 2 * length > total), -1)
    return [
        owner if owner >= 0 and length <= SHORT_MS else speaker
        for speaker, count, length in runs
        for _ in range(count)
    ]
