"""Breaks the text of a cue into lines of even length, as readers of subtitles expect."""

import math
from collections.abc import Sequence


def line_count(lengths: Sequence[int], width: int) -> int:
    """How many lines tokens of these lengths need; one longer than the width has a line of its own."""
    lines, used = 0, width
    for length in lengths:
        if lines and used + 1 + length <= width:
            used += 1 + length
        else:
            lines, used = lines + 1, length
    return lines


def break_lines(tokens: Sequence[str], width: int) -> tuple[str, ...]:
    """As few lines as possible, as even as possible: the least sum of squared lengths, lower lines longer.

    tokens: at least one, without white space to break at
    width: characters a line; only a line of a single token may be longer
    """
    lengths = [len(token) for token in tokens]
    lines = line_count(lengths, width)
    if lines == 1:
        return (" ".join(tokens),)
    ends = [0]
    for length in lengths:
        ends.append(ends[-1] + length + 1)

    count = len(tokens)
    best = [0.0] + [math.inf] * count
    cuts: list[list[int]] = []
    for _ in range(lines):
        previous, best, cut = best, [math.inf] * (count + 1), [0] * (count + 1)
        for end in range(1, count + 1):
            for start in range(end - 1, -1, -1):
                length = ends[end] - ends[start] - 1
                if length > width and end - start > 1:
                    break
                cost = previous[start] + length**2
                if cost <= best[end]:
                    best[end], cut[end] = cost, start
        cuts.append(cut)

    broken: list[str] = []
    end = count
    for cut in reversed(cuts):
        broken.append(" ".join(tokens[cut[end] : end]))
        end = cut[end]
    return tuple(reversed(broken))
