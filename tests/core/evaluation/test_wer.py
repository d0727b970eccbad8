"""Word error rate has the values that one can count by hand."""

import pytest

from scribe.evaluation.wer import normalise, word_error_rate


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don\u2019t say 'yes', please.", "don't say yes please"),
        ("well-known, e.g. snake_case", "well known e g snake case"),
        ("L'été à 10 %", "l'été à 10"),
        ("\ufb01ne", "fine"),
        ("नमस्ते।", "नमस्ते"),
        ("rock ' roll", "rock roll"),
        ("  \n ", ""),
    ],
)
def test_normalisation_follows_its_rules(text: str, expected: str) -> None:
    assert normalise(text) == expected
