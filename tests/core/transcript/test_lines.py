"""Line breaking is optimal, as an exhaustive search tells."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from scribe.transcript.lines import break_lines, line_count

WIDTH = 10


def every_breaking(tokens: list[str]) -> list[list[str]]:
    return [
        [" ".join(tokens[start:end]) for start, end in itertools.pairwise([0, *cuts, len(tokens)])]
        for size in range(len(tokens))
        for cuts in itertools.combinations(range(1, len(tokens)), size)
    ]


@given(st.lists(st.integers(1, 12).map("x".__mul__), min_size=1, max_size=8))
def test_no_breaking_is_shorter_or_more_even(tokens: list[str]) -> None:
    fitting = [
        lines
        for lines in every_breaking(tokens)
        if all(len(line) <= WIDTH or " " not in line for line in lines)
    ]
    fewest = min(map(len, fitting))
    most_even = min(sum(len(line) ** 2 for line in lines) for lines in fitting if len(lines) == fewest)

    broken = break_lines(tokens, WIDTH)

    assert " ".join(broken).split(" ") == tokens
    assert len(broken) == fewest == line_count([len(token) for token in tokens], WIDTH)
    assert sum(len(line) ** 2 for line in broken) == most_even
