"""Word error rate has the values that one can count by hand."""

import pytest

from scribe.evaluation.normalisation import ENGLISH
from scribe.evaluation.wer import WordErrors, word_error_rate, word_errors


@pytest.mark.parametrize(
    ("reference", "hypothesis", "expected"),
    [
        ("we meet on Monday", "we meet on Monday", 0),
        ("we meet on Monday", "We meet -- on monday!", 0),
        ("we meet on Monday", "we eat on Monday", 1 / 4),
        ("we meet on Monday", "we meet Monday", 1 / 4),
        ("we meet on Monday", "we meet up on Monday", 1 / 4),
        ("we meet on Monday", "", 1),
        ("yes", "no I do not", 4),
        ("", "", 0),
        ("...", "well", 1),
    ],
)
def test_the_rate_is_what_one_counts(reference: str, hypothesis: str, expected: float) -> None:
    assert word_error_rate(reference, hypothesis) == pytest.approx(expected)


def test_each_kind_of_error_is_counted() -> None:
    counted = word_errors("we meet on Monday morning", "we eat Monday morning at nine")
    assert counted == WordErrors(words=5, substitutions=1, deletions=1, insertions=2)


def test_counts_add_up_so_that_long_recordings_weigh_more() -> None:
    short, long = word_errors("yes", "no"), word_errors("a b c d e f g h i", "a b c d e f g h i")
    assert (short + long).rate == pytest.approx(1 / 10)


def test_the_rules_decide_what_counts_as_an_error() -> None:
    said, written = "it is twenty five percent", "It's 25 %."
    assert word_error_rate(said, written, ENGLISH) == 0
    assert word_error_rate(said, written) > 0
