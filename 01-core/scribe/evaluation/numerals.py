"""English number words as digits, so that "twenty five percent" and "25%" are the same answer.

After the idea of the Whisper normaliser (Radford et al. 2022, appendix C), with fewer rules: where words read
in two ways, as digits spoken one by one do, they stay numbers of their own. What is written in digits stays a
string of digits: it has any length, and keeps its zeros.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

# fmt: off
_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {
    word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)
}
_HUNDRED = "hundred"
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
"""Powers of ten."""
_POWERS = {_HUNDRED: 2, **_SCALES}
_IRREGULAR = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_ORDINALS = {
    **{f"{word}th": value for word, value in _SMALL.items() if value < len(_UNITS)},
    **{f"{word[:-1]}ieth": value for word, value in _SMALL.items() if value >= len(_UNITS)},
    **_IRREGULAR,
}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEN = 10
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DIGIT = {word: str(value) for word, value in _SMALL.items() if value < _TEN} | {d: d for d in "0123456789"}
_TWO_HALVES = re.compile(r"(1[0-9]|20)([1-9][0-9])")
_WHOLE_TENS = re.compile(r"[0-9]*([2-9]0|[1-9]00)")


@dataclass(frozen=True)
class _Number:
    """Digits, with or without a decimal point, and the index of the token after them."""

    digits: str
    end: int


def with_digits(words: Sequence[str]) -> list[str]:
    """The words with numbers as digits: cardinals, decimals and ordinals.

    words: lower case, without punctuation other than that of numbers
    "One" alone, and 1, is the word, as it mostly is one. Four digits that may be a year or a time are two
    numbers, as they are spoken ("nineteen ninety nine" and 1999 are 19 99). Fractions and Roman numerals
    stay.
    """
    out: list[str] = []
    at = 0
    while at < len(words):
        read = _written(words, at) or _spoken(words, at)
        if read is None:
            out.append(_ordinal(words[at]))
            at += 1
        else:
            read = _multiplied(words, read)
            written, at = _as_it_counts(words, read)
            out += written
    return out


def _written(words: Sequence[str], at: int) -> _Number | None:
    return _Number(words[at], at + 1) if _DIGITS.fullmatch(words[at]) else None


def _spoken(words: Sequence[str], at: int) -> _Number | None:
    """The longest number that begins at ``at``; its parts come in falling scales."""
    total, end, below = 0, at, None
    while part := _below_thousand(words, end) or (_after_and(words, end) if below is not None else None):
        value, after = part
        scale = _SCALES.get(_word(words, after), 0)
        if below is not None and scale >= below:
            break
        total += value * 10**scale
        end, below = after + bool(scale), scale
        if not scale:
            break
    return None if below is None else _Number(str(total), end)


def _below_thousand(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """One to 999 in words, or "a" before hundred and beyond, and the index after it."""
    begun = _below_hundred(words, at)
    if begun is None and _word(words, at) == "a" and _word(words, at + 1) in _POWERS:
        begun = 1, at + 1
    if begun is None or _word(words, begun[1]) != _HUNDRED:
        return begun
    hundreds, end = begun[0] * 100, begun[1] + 1
    rest = _less_than_hundreds(words, end) or _after_and(words, end)
    return (hundreds + rest[0], rest[1]) if rest else (hundreds, end)


def _after_and(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """What "and" adds: less than a hundred, for "two hundred and three hundred" are two numbers."""
    return _less_than_hundreds(words, at + 1) if _word(words, at) == "and" else None


def _less_than_hundreds(words: Sequence[str], at: int) -> tuple[int, int] | None:
    read = _below_hundred(words, at)
    return None if read is None or _word(words, read[1]) == _HUNDRED else read


def _below_hundred(words: Sequence[str], at: int) -> tuple[int, int] | None:
    value = _SMALL.get(_word(words, at))
    if value is None:
        return None
    unit = _SMALL.get(_word(words, at + 1), 0)
    return (value + unit, at + 2) if value >= len(_UNITS) and 0 < unit < _TEN else (value, at + 1)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if at < len(words) else ""


def _multiplied(words: Sequence[str], read: _Number) -> _Number:
    """The number with the decimals and the scales that follow it: "2 point five million"."""
    while True:
        following = _word(words, read.end)
        decimals = _decimals(words, read) if following == "point" and "." not in read.digits else ""
        if following in _POWERS:
            read = _Number(_shifted(read.digits, _POWERS[following]), read.end + 1)
        elif decimals:
            read = _Number(f"{read.digits}.{decimals}", read.end + 1 + len(decimals))
        else:
            return read


def _decimals(words: Sequence[str], read: _Number) -> str:
    """The digits that stand one by one after "point"."""
    spoken = (words[at] for at in range(read.end + 1, len(words)))
    return "".join(_DIGIT[word] for word in itertools.takewhile(_DIGIT.__contains__, spoken))


def _shifted(digits: str, places: int) -> str:
    """The digits with the decimal point further right."""
    whole, _, fraction = digits.partition(".")
    left = fraction[places:]
    whole = (whole + fraction[:places].ljust(places, "0")).lstrip("0") or "0"
    return f"{whole}.{left}" if left else whole


def _as_it_counts(words: Sequence[str], read: _Number) -> tuple[tuple[str, ...], int]:
    """A number as it is compared, with the ordinal that ends it ("twenty first"), and where it ends."""
    unit = _ORDINALS.get(_word(words, read.end), _TEN)
    if _WHOLE_TENS.fullmatch(read.digits) and 0 < unit < _TEN:
        return (f"{read.digits[:-1]}{_as_ordinal(unit)}",), read.end + 1
    halves = _TWO_HALVES.fullmatch(read.digits)
    if halves:
        return halves.groups(), read.end
    return ("one" if read.digits == "1" else read.digits,), read.end


def _ordinal(word: str) -> str:
    return _as_ordinal(_ORDINALS[word]) if word in _ORDINALS else word


def _as_ordinal(value: int) -> str:
    return f"{value}{'th' if value // _TEN == 1 else _ENDINGS.get(value % _TEN, 'th')}"
