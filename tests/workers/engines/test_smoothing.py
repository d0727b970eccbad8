import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scribe_worker.engines.smoothing import turns
from scribe_worker.engines.speech import Region
from scribe_worker.engines.voices import cut

region_lists = st.lists(st.tuples(st.floats(0.2, 2), st.floats(0.2, 12)), min_size=1, max_size=6).map(
    lambda gaps: [
        Region(start, start + length)
        for start, length in zip(
            itertools.accumulate(
                (gap for gap, _ in gaps[1:]),
                lambda at, gap: at + gap + 12,
                initial=gaps[0][0],
            ),
            (length for _, length in gaps),
            strict=True,
        )
    ]
)


@settings(deadline=None)
@given(region_lists, st.integers(1, 4), st.integers(0, 100))
def test_turns_cover_all_speech_and_never_overlap(regions: list[Region], speakers: int, seed: int) -> None:
    windows = cut(regions, regions[-1].end)
    similarities = np.random.default_rng(seed).uniform(size=(len(windows), speakers))

    found = turns(similarities, windows, regions)

    assert sum(turn.end - turn.start for turn in found) == pytest.approx(
        sum(region.duration for region in regions)
    )
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    assert all(turn.speaker < speakers for turn in found)


def test_one_odd_window_does_not_interrupt_a_turn() -> None:
    regions = [Region(0, 20)]
    windows = cut(regions, 20)
    similarities = np.tile([0.9, 0.5], (len(windows), 1))
    similarities[len(windows) // 2] = [0.65, 0.7]

    (turn,) = turns(similarities, windows, regions)

    assert (turn.start, turn.end, turn.speaker) == (0, 20, 0)


def test_a_change_of_voice_is_found_where_it_happens() -> None:
    regions = [Region(0, 20)]
    windows = cut(regions, 20)
    first = np.array([window.centre < 8 for window in windows])
    similarities = np.where(first[:, None], [0.9, 0.5], [0.5, 0.9])

    before, after = turns(similarities, windows, regions)

    assert (before.speaker, after.speaker) == (0, 1)
    assert before.end == after.start == pytest.approx(8, abs=0.4)
