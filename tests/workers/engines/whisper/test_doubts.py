import numpy as np
import pytest

from scribe_worker.engines.base import Word
from scribe_worker.engines.speech import FRAME_S, Region
from scribe_worker.engines.whisper.doubts import (
    REPETITIVE,
    compression_ratio,
    doubtful_words,
    phrases_of,
    repetitions,
    unheard,
)
from scribe_worker.engines.whisper.phrases import find_known
from scribe_worker.engines.whisper.timing import unsqueezed


def said(text: str, *, start: float = 0.0, each: float = 0.4, confidence: float = 0.9) -> list[Word]:
    """A text at an even pace."""
    return [
        Word(start=start + number * each, end=start + (number + 1) * each, text=word, confidence=confidence)
        for number, word in enumerate(text.split())
    ]


def heard(seconds: float, probability: float = 0.9) -> np.ndarray:
    return np.full(round(seconds / FRAME_S), probability, np.float32)


def test_a_clear_sentence_raises_no_doubt() -> None:
    assert doubtful_words(said("We agreed to move the release to Monday."), heard(10)) == []


def test_an_unsure_sentence_is_marked_from_its_first_to_its_last_word() -> None:
    words = [*said("All is well."), *said("Who said that?", start=2, confidence=0.3)]

    (doubt,) = doubtful_words(words, heard(10))

    assert (doubt.kind, doubt.start) == ("low_confidence", 2)
    assert doubt.end == pytest.approx(3.2)


def test_words_where_nobody_is_heard_are_marked() -> None:
    probabilities = np.concatenate([heard(5), heard(5, 0.02)])
    words = [*said("All is well."), *said("Thank you.", start=7)]

    (doubt,) = doubtful_words(words, probabilities)

    assert (doubt.kind, doubt.start) == ("over_silence", 7)


@pytest.mark.parametrize(
    "text",
    [
        "Sous-titres réalisés par la communauté d'Amara.org",
        "SOUS TITRES REALISES PAR LA COMMUNAUTE D\N{RIGHT SINGLE QUOTATION MARK}AMARA.ORG!",
        "Sous-titrage ST' 501",
        "Merci d'avoir regardé cette vidéo!",
        "Thanks for watching!",
        "Subtitles by the Amara.org community",
    ],
)
def test_credits_of_subtitles_are_marked_however_they_are_spelt(text: str) -> None:
    words = [*said("That is all."), *said(text, start=4), *said("Goodbye everyone.", start=9)]

    (doubt,) = doubtful_words(words, heard(12))

    assert doubt.kind == "known_hallucination"
    assert doubt.start == 4
    assert doubt.end == pytest.approx(4 + 0.4 * len(text.split()))


def test_two_known_phrases_are_found_and_nothing_else() -> None:
    words = said("Thanks for watching. We thank you for watching. The watch is here.")

    assert find_known([word.text for word in words]) == [(0, 2), (4, 7)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no no no that is wrong", []),
        ("well " + "agreed " * 8, [(1, 8)]),
        ("we will see. We will see, we will see we will see", [(0, 11)]),
        ("thank you thank you very much", []),
        ("I am going to go there. " * 3 + "Fine.", [(0, 17)]),
    ],
)
def test_repetition_is_what_nobody_says(text: str, expected: list[tuple[int, int]]) -> None:
    assert repetitions(text.split()) == expected


def test_a_text_that_repeats_itself_packs_beyond_whispers_limit() -> None:
    assert compression_ratio("I agreed to move the release. " * 6) > REPETITIVE
    assert compression_ratio("We will move the release because the server is down.") < REPETITIVE
    assert compression_ratio("") == 0


def test_speech_without_words_is_found_before_between_and_after_them() -> None:
    words = [*said("one two", start=3), *said("three", start=8)]

    found = unheard([Region(0, 12), Region(14, 14.5)], words)

    assert [(round(gap.start, 2), round(gap.end, 2)) for gap in found] == [
        (0, 2.75),
        (4.05, 7.75),
        (8.65, 12),
    ]


def test_a_word_that_reaches_into_speech_covers_it() -> None:
    assert unheard([Region(1, 2.5)], said("hello there", start=0.8, each=1)) == []


def test_phrases_end_with_sentences_pauses_and_when_they_are_long() -> None:
    words = [*said("Yes. We do"), *said("this", start=4), *said("word " * 25, start=6)]

    assert [len(phrase) for phrase in phrases_of(words)] == [1, 2, 1, 20, 5]


def test_words_squeezed_into_a_moment_are_spread_over_the_speech_that_follows() -> None:
    words = [*said("It is now."), *said("see you", start=1.2, each=0.01), *said("Bye.", start=6)]

    spread = unsqueezed(words, Region(2, 4))

    assert spread is not None
    assert [(word.text, word.start, word.end) for word in spread[3:5]] == [("see", 2, 3), ("you", 3, 4)]
    assert spread[:3] + spread[5:] == (*words[:3], words[5])


def test_words_that_have_their_time_stay_where_they_are() -> None:
    assert unsqueezed(said("It is now."), Region(2, 4)) is None
