"""Which differences between two texts count: the rules, written down once for code and documentation."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from scribe.evaluation.english import normalise_english
from scribe.evaluation.plain import folded, without_asides

_IN_WORDS = frozenset("LMN")
"""Unicode's general categories of letters, combining marks and numbers."""
_APOSTROPHE_LETTER = "\u02bc"

_FOLDED = "Unicode is brought to its compatibility form (NFKC) and to lower case."
_SPOKEN = "What stands in brackets (round, square or pointed) is taken out: it was not spoken."
BASIC_RULES = (
    _FOLDED,
    _SPOKEN,
    (
        "Any character that is neither letter, number nor combining mark separates words, and so does every "
        "kind of apostrophe (don't: don t; l'été: l été)."
    ),
)
ENGLISH_RULES = (
    _FOLDED,
    _SPOKEN,
    "Accents are taken off letters.",
    (
        "An apostrophe is one between two letters, or with a blank before it in the endings 'd, 'll, 'm, "
        "'re, 's, 't and 've; elsewhere it is a quotation mark and separates words."
    ),
    (
        "The signs %, $, € and £ are written out, after their number ($20 million: 20 million dollars); "
        "dollar, euro and pound count as their plurals."
    ),
    (
        "The commas of thousands (10,000) vanish, a point stays between digits, and any other symbol "
        "separates words."
    ),
    "The fillers hmm, mm, mhm, uh and um are taken out.",
    (
        "Contractions are written out (don't: do not; we'll: we will; it's: it is, also where it shows "
        "possession; gonna: going to). 'd is had before been, better, done, gone and got, elsewhere would; "
        "'s is has before been and got; before done and gone, where it may be either, has counts as is. An "
        "apostrophe that is left separates words (o'clock: o clock). Per cent is percent."
    ),
    "The titles Mr, Mrs, Dr, Prof and St are written out.",
    (
        "Numbers are written in digits: cardinals (twenty five: 25; two point five million: 2500000) and "
        'ordinals (twenty first: 21st). Inside one, "and" adds less than a hundred (two hundred and three: '
        "203). 1 is the word one. Numbers keep their zeros (1.0; zero zero seven: 0 0 7), and digits spoken "
        "one by one stay apart. Four digits from 1010 to 2099 that do not end in 00 to 09 are two numbers, "
        "as years and times are spoken (1999, nineteen ninety nine: 19 99; 12:30, twelve thirty: 12 30)."
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
    return " ".join("".join(map(_compared, without_asides(folded(text)))).split())


def _compared(char: str) -> str:
    return char if unicodedata.category(char)[0] in _IN_WORDS and char != _APOSTROPHE_LETTER else " "


BASIC = Normalisation("basic", BASIC_RULES, normalise)
ENGLISH = Normalisation("English", ENGLISH_RULES, normalise_english)


def rules_for(language: str) -> Normalisation:
    """The rules for a language, by its BCP 47 tag."""
    return ENGLISH if language.lower().split("-")[0] == "en" else BASIC
