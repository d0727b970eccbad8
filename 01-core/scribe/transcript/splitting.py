"""Cuts what a speaker said into pieces that fit a subtitle, preferably where the language pauses."""

import itertools
import math
from collections.abc import Iterator, Sequence

from scribe.transcript.lines import line_count
from scribe.transcript.options import RenderOptions
from scribe.transcript.timing import Token, milliseconds

_SENTENCE_ENDS = frozenset(".?!…。？！")  # noqa: RUF001 - full-width marks end sentences too
_CLAUSE_ENDS = frozenset(",;:")
_CLOSING = "\"'”’»)]"  # noqa: RUF001 - as above
_AUDIBLE_PAUSE_MS = 300
_LONG_PAUSE_MS = 1000


def split_into_cues(
    tokens: Sequence[Token], options: RenderOptions, *, prefix_length: int = 0
) -> Iterator[Sequence[Token]]:
    """The cheapest sequence of pieces: each fits the lines and the longest time of a cue.

    Cheap are few pieces that end with a sentence, a clause or a pause, hold no long pause, are of even
    length and can be read in the time until the next. A token that fits nowhere is a piece of its own.
    O(n k) with k the tokens that fit one cue.

    prefix_length: characters of the speaker's name that opens every piece
    """
    count = len(tokens)
    cost = [0.0] + [math.inf] * count
    cut = [0] * (count + 1)
    for start in range(count):
        for end, piece in _pieces(tokens, start, options, prefix_length):
            if cost[start] + piece < cost[end]:
                cost[end], cut[end] = cost[start] + piece, start
    ends = [count]
    while ends[-1] > 0:
        ends.append(cut[ends[-1]])
    ends.reverse()
    for start, end in itertools.pairwise(ends):
        yield tokens[start:end]


def _pieces(
    tokens: Sequence[Token], start: int, options: RenderOptions, prefix_length: int
) -> Iterator[tuple[int, float]]:
    """Every end of a piece that begins at ``start``, with its cost; at least one."""
    capacity = options.line_length * options.max_lines
    lengths = [prefix_length] if prefix_length else []
    latest, pauses = tokens[start].end, 0
    for last in range(start, len(tokens)):
        token = tokens[last]
        lengths.append(len(token.text))
        pauses += token.start - latest >= _LONG_PAUSE_MS
        latest = max(latest, token.end)
        if last > start and (
            latest - tokens[start].start > milliseconds(options.max_cue_s)
            or line_count(lengths, options.line_length) > options.max_lines
        ):
            return
        characters = sum(lengths) + len(lengths) - 1
        until = tokens[last + 1].start - milliseconds(options.min_gap_s) if last + 1 < len(tokens) else latest
        shown_s = (until - tokens[start].start) / 1000
        yield (
            last + 1,
            1
            + _break_cost(tokens, last)
            + pauses
            + max(0, 1 - characters / capacity) ** 2
            + max(0, characters / options.reading_speed - shown_s) / 2
            + max(0, options.min_cue_s - shown_s),
        )


def _break_cost(tokens: Sequence[Token], last: int) -> float:
    if last + 1 == len(tokens):
        return 0
    ending = tokens[last].text.rstrip(_CLOSING)[-1:]
    if ending in _SENTENCE_ENDS:
        return 0
    if ending in _CLAUSE_ENDS or tokens[last + 1].start - tokens[last].end >= _AUDIBLE_PAUSE_MS:
        return 0.3
    return 0.8
