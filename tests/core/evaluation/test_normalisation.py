"""Texts that say the same become equal, and what the rules leave alone stays different."""

import pytest

from scribe.evaluation.normalisation import BASIC, ENGLISH, normalise, rules_for


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
def test_the_basic_rules_are_followed(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Um, [laughs] we (all) agreed, uh, <noise> mhm.", "we agreed"),
        (
            "It\u2019s late: we won't, can't and I'm gonna go",
            "it is late we will not can not and i am going to go",
        ),
        ("She'd gone; they had been; it's been", "she have gone they have been it have been"),
        ("naïve cœur, Straße", "naive coeur strasse"),
        ("Mr. Smith met Dr Jones", "mister smith met doctor jones"),
        ("twenty-five per cent of 10,000", "25% of 10000"),
        ("10 % or $10.50 at 3.14.", "10% or $10.50 at 3.14"),
        ("sixty thousand euros, 60000 euros", "€60000 €60000"),
        ("1.5 million dollars", "$1500000"),
        ("two hundred and three of a thousand", "203 of 1000"),
        ("five hundred thousand three hundred twenty one", "500321"),
        ("one point five", "1.5"),
        ("nineteen ninety nine, twenty twenty five", "1999 2025"),
        ("call nine one one", "call 911"),
        ("the twenty first, the twelfth, the third", "the 21st the 12th the 3rd"),
        ("no one knows the one", "no one knows the one"),
        ("organising colourful theatres, travelled", "organizing colorful theaters traveled"),
        ("the emphasis, realistic, four", "the emphasis realistic 4"),
    ],
)
def test_the_english_rules_are_followed(text: str, expected: str) -> None:
    assert ENGLISH.apply(text) == expected
    assert ENGLISH.apply(expected) == expected, "what is normal stays as it is"


@pytest.mark.parametrize(
    ("ours", "theirs"), [("two", "too"), ("fifteen", "fifty"), ("half past two", "2:30")]
)
def test_different_words_stay_different(ours: str, theirs: str) -> None:
    assert ENGLISH.apply(ours) != ENGLISH.apply(theirs)


def test_english_has_its_own_rules_and_every_other_language_the_basic_ones() -> None:
    assert [rules_for(tag) for tag in ("en", "en-GB", "fr", "und")] == [ENGLISH, ENGLISH, BASIC, BASIC]
