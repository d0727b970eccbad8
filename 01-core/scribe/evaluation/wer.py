"""Word error rate: how much of what was said is written differently."""

import unicodedata

import jiwer

_APOSTROPHES = frozenset("'’ʼ`")  # noqa: RUF001 - what keyboards and engines write for one
_IN_WORDS = frozenset("LMN")
"""Unicode's general categories of letters, combining marks and numbers."""


def word_error_rate(reference_text: str, hypothesis_text: str) -> float:
    """Substituted, deleted and inserted words over the words of the reference.

    0 is perfect and above 1 is possible. Both texts are normalised first. Against an empty reference the
    rate is 0 for an empty hypothesis and 1 for any other.
    """
    reference, hypothesis = normalise(reference_text), normalise(hypothesis_text)
    if not reference:
        return 1.0 if hypothesis else 0.0
    return float(jiwer.wer(reference, hypothesis))


def normalise(text: str) -> str:
    """The text as it is compared; what is not listed here counts as a difference, such as "2" for "two".

    1. Unicode is brought to its compatibility form (NFKC) and to lower case.
    2. Every kind of apostrophe becomes ``'``; it stays inside a word ("don't") and is dropped elsewhere.
    3. Any other character that is neither letter, number nor combining mark separates words.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    words = "".join(map(_compared, folded)).split()
    return " ".join(filter(None, (word.strip("'") for word in words)))


def _compared(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    return char if unicodedata.category(char)[0] in _IN_WORDS else " "
