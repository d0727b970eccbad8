"""Which differences between two texts count: the rules, written down once for code and documentation."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from scribe.evaluation.english import normalise_english

_APOSTROPHES = frozenset("'’ʼ`")  # noqa: RUF001 - what keyboards and engines write for one
_IN_WORDS = frozenset("LMN")
"""Unicode's general categories of letters, combining marks and numbers."""

BASIC_RULES = (
    "Unicode is brought to its compatibility form (NFKC) and to lower case.",
    "Every kind of apostrophe becomes `'`; it stays inside a word (don't) and is dropped elsewhere.",
    "Any other character that is neither letter, number nor combining mark separates words.",
)
ENGLISH_RULES = (
    "Unicode is brought to its compatibility form (NFKC) and to lower case.",
    "What stands in brackets of any kind is taken out: it was not spoken.",
    "The fillers hmm, mm, mhm, uh and um are taken out.",
    (
        "Contractions are written out (don't: do not; we'll: we will; it's: it is, also where it shows "
        "possession; gonna: going to); before been, gone, done and got, had and has count as have."
    ),
    "Accents are taken off letters.",
    (
        "Symbols separate words, except for what belongs to a number: a decimal point, %, $, € and £. Commas "
        "inside numbers vanish."
    ),
    "The titles Mr, Mrs, Dr, Prof and St are written out.",
    (
        "Numbers are written in digits: cardinals (twenty five: 25), decimals (one point five: 1.5), "
        "ordinals (twenty first: 21st), per cent (25%) and amounts of dollars, euros and pounds ($25); "
        "digits spoken one by one and years in two halves are written together (nineteen ninety nine: "
        "1999); a single one stays a word."
    ),
    (
        "British spellings of common words are written as American ones (colour: color; organise: organize; "
        "centre: center; travelled: traveled)."
    ),
)


@dataclass(frozen=True)
class Normalisation:
    """A named set of rules; ``apply`` follows them."""

    name: str
    rules: tuple[str, ...]
    apply: Callable[[str], str]


def normalise(text: str) -> str:
    """The text as it is compared, by ``BASIC_RULES``; all else is a difference, such as "2" for "two"."""
    folded = unicodedata.normalize("NFKC", text).lower()
    words = "".join(map(_compared, folded)).split()
    return " ".join(filter(None, (word.strip("'") for word in words)))


def _compared(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    return char if unicodedata.category(char)[0] in _IN_WORDS else " "


BASIC = Normalisation("basic", BASIC_RULES, normalise)
ENGLISH = Normalisation("English", ENGLISH_RULES, normalise_english)


def rules_for(language: str) -> Normalisation:
    """The rules for a language, by its BCP 47 tag."""
    return ENGLISH if language.lower().split("-")[0] == "en" else BASIC
