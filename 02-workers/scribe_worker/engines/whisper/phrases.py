"""Phrases that Whisper makes up, found in words whatever their spelling."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"\w+")

Spoken = tuple[str, ...]


def folded(text: str) -> list[str]:
    """The words of a text without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(char for char in plain if not unicodedata.combining(char)))


@cache
def known_phrases() -> dict[str, tuple[Spoken, ...]]:
    """The phrases by their first word, the longest first."""
    listed = files("scribe_worker.engines.whisper").joinpath("phrases.txt").read_text(encoding="utf-8")
    phrases = {tuple(folded(line)) for line in listed.splitlines() if line and not line.startswith("#")}
    by_first: dict[str, list[Spoken]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        by_first.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(group) for first, group in by_first.items()}


def find_known(texts: Sequence[str]) -> list[tuple[int, int]]:
    """First and last index of the texts (a word each) that hold a known phrase, in order."""
    pieces = [(piece, number) for number, text in enumerate(texts) for piece in folded(text)]
    phrases = known_phrases()
    found: list[tuple[int, int]] = []
    position = 0
    while position < len(pieces):
        length = next(
            (
                len(phrase)
                for phrase in phrases.get(pieces[position][0], ())
                if tuple(piece for piece, _ in pieces[position : position + len(phrase)]) == phrase
            ),
            0,
        )
        if length:
            found.append((pieces[position][1], pieces[position + length - 1][1]))
        position += length or 1
    return found
