"""English number words as digits, so that "twenty five percent" and "25%" are the same answer.

The last part of the Whisper normaliser's English rules (Radford et al. 2022, appendix C), written anew and
smaller: what it leaves alone is stated at ``with_digits``.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

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
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_IRREGULAR = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_ORDINALS = {
    **{f"{word}th": value for word, value in _SMALL.items() if value < len(_UNITS)},
    **{f"{word[:-1]}ieth": value for word, value in _SMALL.items() if value >= len(_UNITS)},
    **_IRREGULAR,
}
_CURRENCIES = {"dollar": "$", "dollars": "$", "euro": "€", "euros": "€", "pound": "£", "pounds": "£"}
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
_TEN = 10
_HUNDRED_VALUE = 100
_THOUSAND = 1000


@dataclass(frozen=True)
class _Number:
    """A number and the index of the token after it."""

    value: Decimal
    end: int


def with_digits(words: Sequence[str]) -> list[str]:
    """The words with numbers as digits: cardinals, decimals, ordinals, per cent and three currencies.

    words: lower case, without punctuation other than that of numbers
    Digits that are spoken one by one, and years in two halves, are written together ("nineteen ninety nine"
    is 1999). "One" alone stays a word, as it mostly is one. Fractions, clock times and Roman numerals stay.
    """
    out: list[str] = []
    at = 0
    while at < len(words):
        read = _spoken_together(words, at) or _number(words, at)
        if read is None:
            out.append(_ordinal(words[at]))
            at += 1
            continue
        written, at = _with_unit(words, read)
        out.append(written)
    return out


def _spoken_together(words: Sequence[str], at: int) -> _Number | None:
    """Digits one by one, or a year in two halves."""
    digits = list(itertools.takewhile(lambda word: _SMALL.get(word, _TEN) < _TEN, words[at:]))
    if len(digits) > 1:
        return _Number(Decimal("".join(str(_SMALL[word]) for word in digits)), at + len(digits))
    century = _SMALL.get(words[at], 0)
    year = _below_hundred(words, at + 1)
    if year and _TEN <= century <= len(_UNITS) and year.value >= _TEN and not _scaled(words, year.end):
        return _Number(century * _HUNDRED_VALUE + year.value, year.end)
    return None


def _scaled(words: Sequence[str], at: int) -> bool:
    return at < len(words) and (words[at] == _HUNDRED or words[at] in _SCALES)


def _below_hundred(words: Sequence[str], at: int) -> _Number | None:
    if at >= len(words) or words[at] not in _SMALL:
        return None
    value = _SMALL[words[at]]
    unit = _SMALL.get(words[at + 1], 0) if at + 1 < len(words) else 0
    if value >= len(_UNITS) and 0 < unit < _TEN:
        return _Number(Decimal(value + unit), at + 2)
    return _Number(Decimal(value), at + 1)


def _below_thousand(words: Sequence[str], at: int) -> _Number | None:
    """One to 999 in words, or digits as they stand."""
    if at < len(words) and words[at].replace(".", "", 1).isdecimal():
        return _Number(Decimal(words[at]), at + 1)
    begun = _below_hundred(words, at)
    if begun is None and words[at : at + 1] == ["a"] and _scaled(words, at + 1):
        begun = _Number(Decimal(1), at + 1)
    if begun is None or words[begun.end : begun.end + 1] != [_HUNDRED]:
        return begun
    hundreds = _Number(begun.value * _HUNDRED_VALUE, begun.end + 1)
    rest = _below_hundred(words, _past_and(words, hundreds.end))
    return _Number(hundreds.value + rest.value, rest.end) if rest else hundreds


def _past_and(words: Sequence[str], at: int) -> int:
    return at + 1 if words[at : at + 1] == ["and"] else at


def _number(words: Sequence[str], at: int) -> _Number | None:
    """The longest number that begins at ``at``; the parts of a number come in falling scales."""
    total, end, below = Decimal(0), at, None
    while part := _below_thousand(words, end if below is None else _past_and(words, end)):
        scale = _SCALES.get(words[part.end], 1) if part.end < len(words) else 1
        if below is not None and (scale >= below or (part.value >= _THOUSAND and scale == 1)):
            break
        total += part.value * scale
        end, below = part.end + (scale > 1), scale
        if scale == 1:
            break
    if below is None:
        return None
    return _decimals(words, _Number(total, end))


def _decimals(words: Sequence[str], read: _Number) -> _Number:
    """The number with what follows "point", digit by digit."""
    if words[read.end : read.end + 1] != ["point"]:
        return read
    rest = words[read.end + 1 :]
    digits = [
        str(_SMALL[word]) for word in itertools.takewhile(lambda word: _SMALL.get(word, _TEN) < _TEN, rest)
    ]
    if not digits:
        return read
    return _Number(Decimal(f"{read.value}.{''.join(digits)}"), read.end + 1 + len(digits))


def _with_unit(words: Sequence[str], read: _Number) -> tuple[str, int]:
    """A number as it is written, with the per cent sign or currency that follows it, and where it ends."""
    written = f"{read.value.normalize():f}" if read.value % 1 else f"{read.value:.0f}"
    unit = words[read.end] if read.end < len(words) else ""
    if read.value >= len(_UNITS) and read.value % _TEN == 0 and 0 < _ORDINALS.get(unit, _TEN) < _TEN:
        return _as_ordinal(int(read.value) + _ORDINALS[unit]), read.end + 1
    if unit == "percent":
        return f"{written}%", read.end + 1
    if unit in _CURRENCIES:
        return f"{_CURRENCIES[unit]}{written}", read.end + 1
    return ("one" if written == "1" else written), read.end


def _ordinal(word: str) -> str:
    return _as_ordinal(_ORDINALS[word]) if word in _ORDINALS else word


def _as_ordinal(value: int) -> str:
    teens = value % _HUNDRED_VALUE // _TEN == 1
    return f"{value}{'th' if teens else _ENDINGS.get(value % _TEN, 'th')}"
