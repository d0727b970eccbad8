"""Texts that say the same become equal, and what the rules leave alone stays different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.evaluation.normalisation import BASIC, ENGLISH, Normalisation, normalise, rules_for


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don\u2019t say 'yes', please.", "don t say yes please"),
        ("well-known, e.g. snake_case", "well known e g snake case"),
        ("L'été, l\u2019 été à 10 %", "l été l été à 10"),
        ("oui [rires] (inaudible) <bruit> non", "oui non"),
        ("п\u02bcять", "п ять"),
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
        ("She'd gone, he'd go, they had been", "she had gone he would go they had been"),
        ("it's been, it has been", "it has been it has been"),
        ("it's done, it has done, it is done", "it is done it is done it is done"),
        ("he had it, she has it", "he had it she has it"),
        ("they haven't, did n't, weren't", "they have not did not were not"),
        ("say 'yes' or 'no'", "say yes or no"),
        ("he said 'hello' and 'twas; the boys' room", "he said hello and twas the boys room"),
        ("it 's late, we 'll go at two o'clock", "it is late we will go at 2 o clock"),
        ("naïve cœur, Straße, cannot ünd gönna", "naive coeur strasse can not und going to"),
        ("Mr. Smith met Dr Jones", "mister smith met doctor jones"),
        ("twenty-five per cent of 10,000", "25 percent of 10000"),
        ("super centers, viper cents", "super centers viper cents"),
        ("10 % at 3.14.", "10 percent at 3.14"),
        ("1,2 or 1,234,567", "one 2 or 1234567"),
        ("two hundred and three of a thousand", "203 of 1000"),
        ("five hundred thousand three hundred twenty one", "500321"),
        ("two hundred and three thousand and five", "203005"),
        ("one point five", "1.5"),
        ("the twenty first, the twelfth, the third", "the 21st the 12th the 3rd"),
        ("the hundred and first, two hundred third", "the hundred and 1st 203rd"),
        ("zero zero seven, version 1.0, release 2.10", "0 0 7 version 1.0 release 2.10"),
        ("call 007", "call 007"),
        ("no one knows the one", "no one knows the one"),
        ("organising colourful theatres, travelled", "organizing colorful theaters traveled"),
        ("the emphasis, realistic, four", "the emphasis realistic 4"),
        ("9" * 5000, "9" * 5000),
        ("9" * 40 + " million", "9" * 40 + "000000"),
    ],
)
def test_the_english_rules_are_followed(text: str, expected: str) -> None:
    assert ENGLISH.apply(text) == expected


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("between two hundred and three hundred", "between 200 and 300"),
        ("two point five million", "2.5 million"),
        ("zero point five million", "500,000"),
        ("version two point zero", "version 2.0"),
        ("twenty million dollars", "$20 million"),
        ("one point five million dollars", "$1.5 million"),
        ("ten dollars fifty", "$10 50"),
        ("a ten dollar bill", "a $10 bill"),
        ("twenty five euros", "25 €"),
        ("twenty five euros", "€25"),
        ("sixty thousand pounds", "£60,000"),
        ("twelve thirty", "12:30"),
        ("nineteen ninety nine", "1999"),
        ("twenty twenty five", "2025"),
        ("two thousand and twenty five", "2025"),
        ("nineteen hundred", "1900"),
        ("five, six days", "5, 6 days"),
        ("five six days", "5, 6 days"),
        ("twenty, thirty people", "20, 30 people"),
        ("a twenty second delay", "a 20 second delay"),
        ("one of a hundred", "1 of 100"),
    ],
)
def test_what_is_spoken_and_what_is_written_is_the_same(spoken: str, written: str) -> None:
    assert ENGLISH.apply(spoken) == ENGLISH.apply(written)


# fmt: off
WORDS = [
    "zero", "one", "two", "nine", "ten", "nineteen", "twenty", "ninety", "a", "hundred", "thousand",
    "million", "and", "point", "first", "second", "fifth", "twentieth", "1", "5", "10", "1.0", "20", "100",
    "1990", "2.5", "007", "$", "€20", "%", "per", "cent", "dollar", "has", "had", "gone", "been", "it's",
    "she'd", "'s", "don't", "wan'na", "h'mm", "umn't", "um", "ümm", "gönna", "'", "`", "(", ")", "[", "<",
    ">", ",", ".", ":", "-", "dr", "centre",
]
# fmt: on
TEXTS = (
    st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join) | st.lists(st.sampled_from(WORDS)).map("".join)
)


@pytest.mark.parametrize("rules", [BASIC, ENGLISH])
@given(text=TEXTS)
def test_any_text_can_be_normalised_and_then_stays_as_it_is(rules: Normalisation, text: str) -> None:
    normal = rules.apply(text)
    assert rules.apply(normal) == normal


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("two", "too"),
        ("fifteen", "fifty"),
        ("half past two", "2:30"),
        ("they had it", "they have it"),
        ("version 1.0", "version one"),
        ("two hundred three hundred", "five hundred"),
    ],
)
def test_different_words_stay_different(ours: str, theirs: str) -> None:
    assert ENGLISH.apply(ours) != ENGLISH.apply(theirs)


def test_english_has_its_own_rules_and_every_other_language_the_basic_ones() -> None:
    assert [rules_for(tag) for tag in ("en", "en-GB", "fr", "und")] == [ENGLISH, ENGLISH, BASIC, BASIC]
