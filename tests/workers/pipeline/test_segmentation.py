"""Segments are cut where a reader would cut them, and lose no word."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scribe.transcript.document import Segment
from scribe_worker.engines.base import Word
from scribe_worker.pipeline.segmentation import LONGEST_S, PAUSE_S, build_segments


def evenly(texts: str, *, every: float = 0.5, pause_before: dict[int, float] | None = None) -> list[Word]:
    words, clock = [], 0.0
    for index, text in enumerate(texts.split()):
        clock += (pause_before or {}).get(index, 0)
        words.append(Word(start=clock, end=clock + every, text=text, confidence=1))
        clock += every
    return words


def segments(words: list[Word]) -> tuple[Segment, ...]:
    return build_segments(words, ["S1"] * len(words))


def texts(parts: tuple[Segment, ...]) -> list[str]:
    return [part.text for part in parts]


SPOKEN = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 0.1, 0.7, 0.9]),
        st.sampled_from([0, 0.2, 0.5, 2, 25]),
        st.sampled_from(["so", "well,", "Yes.", " no", " "]),
        st.sampled_from(["S1", "S1", "S1", "S2", None]),
    ),
    max_size=80,
)


@given(SPOKEN)
@settings(deadline=None)
def test_every_word_is_in_one_segment_of_its_speaker(
    spoken: list[tuple[float, float, str, str | None]],
) -> None:
    words, clock = [], 0.0
    for pause, length, text, _ in spoken:
        words.append(Word(start=clock + pause, end=clock + pause + length, text=text, confidence=1))
        clock += pause + length
    speakers = [speaker for *_, speaker in spoken]

    parts = build_segments(words, speakers)

    said = [
        (word.text.strip(), speaker)
        for word, speaker in zip(words, speakers, strict=True)
        if word.text.strip()
    ]
    assert [(word.text, part.speaker) for part in parts for word in part.words] == said
    assert " ".join(texts(parts)).split() == [text for text, _ in said]
    assert [part.id for part in parts] == list(range(1, len(parts) + 1))
    assert all(part.end - part.start <= LONGEST_S or len(part.words) == 1 for part in parts)
    assert all(
        after.start - before.end <= PAUSE_S + 0.001
        for part in parts
        for before, after in pairwise(part.words)
    )


def test_a_pause_ends_a_segment() -> None:
    assert texts(segments(evenly("one two three", pause_before={2: 0.9}))) == ["one two", "three"]


def test_a_breath_does_not() -> None:
    assert texts(segments(evenly("one two three", pause_before={2: 0.7}))) == ["one two three"]


def test_a_change_of_speaker_ends_a_segment() -> None:
    parts = build_segments(evenly("shall we? yes"), ["S1", "S1", "S2"])

    assert [(part.speaker, part.text) for part in parts] == [("S1", "shall we?"), ("S2", "yes")]


def test_short_sentences_stay_together_until_there_is_enough_to_read() -> None:
    spoken = evenly("Yes. I know. But we have no “time.” Let us go.", every=0.7)

    assert texts(segments(spoken)) == ["Yes. I know. But we have no “time.”", "Let us go."]


def test_speech_without_punctuation_is_cut_at_its_longest_pause() -> None:
    spoken = evenly("word " * 30, every=0.8, pause_before={3: 0.5, 12: 0.3, 20: 0.2})

    assert [len(part.words) for part in segments(spoken)] == [12, 18]


def test_words_that_overlap_do_not_end_a_segment_before_its_last_sound() -> None:
    long, short = (
        Word(start=0, end=3, text="well", confidence=1),
        Word(start=1, end=2, text="yes", confidence=1),
    )

    assert segments([long, short])[0].end == 3
