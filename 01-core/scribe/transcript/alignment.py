"""Which words of two texts are the same: a longest common subsequence, found in bounded time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel


@dataclass(frozen=True, slots=True)
class Match:
    """``size`` tokens that both have, from ``before`` in the one and from ``after`` in the other."""

    before: int
    after: int
    size: int


def matches(before: Sequence[str], after: Sequence[str]) -> Iterator[Match]:
    """As many equal tokens as can be matched in order; the last match is empty and lies at both ends.

    O(n m / 64), whatever the texts are: difflib takes minutes over a few thousand words that repeat.
    """
    blocks = Indel.opcodes(before, after).as_matching_blocks()
    return (Match(block.a, block.b, block.size) for block in blocks)


def folded(text: str) -> str:
    """What two spellings of a word have in common: neither case nor punctuation."""
    return "".join(filter(str.isalnum, text)).casefold() or text
