"""Words that the alignment squeezed into no time at all, spread over the speech that they were said in."""

from collections.abc import Sequence
from dataclasses import replace

from scribe_worker.engines.base import Word
from scribe_worker.engines.speech import Region

_SQUEEZED_S = 0.05
"""Nobody says a word in less. Whisper's alignment at times puts a block's last words all at one moment."""


def unsqueezed(words: Sequence[Word], gap: Region) -> tuple[Word, ...] | None:
    """The words with those that are squeezed before ``gap`` in it; None where there are none.

    words: in order; gap: speech without words. Each word gets its share of the gap by its letters.
    """
    end = sum(word.start < gap.start for word in words)
    first = end
    while first and words[first - 1].end - words[first - 1].start < _SQUEEZED_S:
        first -= 1
    if first == end:
        return None
    squeezed = words[first:end]
    each = gap.duration / sum(len(word.text) for word in squeezed)
    clock = gap.start
    spread: list[Word] = []
    for word in squeezed:
        after = min(gap.end, clock + each * len(word.text))
        spread.append(replace(word, start=clock, end=after))
        clock = after
    return (*words[:first], *spread, *words[end:])
