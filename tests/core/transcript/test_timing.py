"""Edited text keeps the times of the words that are still in it."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from scribe.transcript import Segment, Transcript, Word
from scribe.transcript.timing import Token, timed_tokens
from scribe.transcript.wording import tokens_of

WORDS = tuple(
    Word(start=start, end=start + 0.5, text=text, confidence=1)
    for start, text in [(1, "we"), (2, "meat"), (3, "on"), (4, "Monday")]
)


def segment(text: str) -> Segment:
    return Segment(id=1, start=1, end=6, text=text, words=WORDS)


def test_unchanged_text_has_the_times_of_its_words() -> None:
    assert timed_tokens(segment("we meat on Monday"))[1] == Token("meat", 2000, 2500)


def test_a_corrected_word_takes_the_time_between_its_neighbours() -> None:
    assert timed_tokens(segment("We meet on Monday.")) == [
        Token("We", 1000, 1500),
        Token("meet", 1500, 3000),
        Token("on", 3000, 3500),
        Token("Monday.", 4000, 4500),
    ]


def test_added_words_share_the_time_that_is_left() -> None:
    assert timed_tokens(segment("we meat on Monday at nine"))[4:] == [
        Token("at", 4500, 5062),
        Token("nine", 5062, 6000),
    ]


def test_text_without_words_is_spread_over_the_segment() -> None:
    silent = Segment(id=1, start=1, end=2, text="abc def")

    assert timed_tokens(silent) == [Token("abc", 1000, 1500), Token("def", 1500, 2000)]


@given(document=st.from_type(Transcript))
def test_every_token_is_timed_in_order(document: Transcript) -> None:
    for part in document.segments:
        tokens = timed_tokens(part)
        assert [token.text for token in tokens] == tokens_of(part.text)
        assert all(token.start <= token.end for token in tokens)
        assert all(before.start <= after.start for before, after in itertools.pairwise(tokens))
