"""Where to cut a recording that is too long to be diarised at once: in a pause near the border."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from scribe_worker.engines.base import Turn

_SEARCHED = 0.1
_LONGEST_SEARCH_S = 60.0


def search_s(chunk_s: float) -> float:
    """How long before the end of a chunk of at most ``chunk_s`` a pause is looked for: seconds."""
    return min(_LONGEST_SEARCH_S, _SEARCHED * chunk_s)


def chunk_end(start: float, duration: float, chunk_s: float) -> float:
    """Where to stop listening for a chunk that begins at ``start``: seconds.

    What is left is divided evenly, so that no chunk is too short to tell voices apart in it.
    """
    rest = duration - start
    if rest <= chunk_s:
        return duration
    searched = search_s(chunk_s)
    return start + rest / ceil(rest / (chunk_s - searched)) + searched / 2


def quietest(turns: Sequence[Turn], start: float, end: float) -> float:
    """The middle of the longest stretch between ``start`` and ``end`` in which the fewest speak: seconds."""
    near = [turn for turn in turns if turn.start < end and turn.end > start]
    inside = (edge for turn in near for edge in (turn.start, turn.end) if start < edge < end)
    stretches = list(pairwise(sorted({start, end, *inside})))

    def crowd(stretch: tuple[float, float]) -> tuple[int, float]:
        first, last = stretch
        return sum(turn.start < last and turn.end > first for turn in near), first - last

    first, last = min(stretches, key=crowd)
    return (first + last) / 2
