import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe_worker.engines.speech import (
    FRAME_S,
    Sensitivity,
    speech_probabilities,
    speech_regions,
    split_long,
)

probabilities = st.lists(st.floats(0, 1, width=32), max_size=400).map(lambda p: np.array(p, dtype=np.float32))


def seconds(value: float) -> int:
    return round(value / FRAME_S)


def test_speech_is_found_with_its_padding_and_short_pauses_belong_to_it() -> None:
    heard = np.zeros(seconds(10), dtype=np.float32)
    heard[seconds(2) : seconds(4)] = 0.9
    heard[seconds(4.16) : seconds(6)] = 0.9

    (region,) = speech_regions(heard, 10.0, Sensitivity(min_silence=0.3, pad=0.1))

    assert region.start == pytest.approx(1.9, abs=FRAME_S)
    assert region.end == pytest.approx(6.1, abs=FRAME_S)


def test_speech_up_to_the_end_ends_with_the_recording() -> None:
    heard = np.full(seconds(3), 0.9, dtype=np.float32)

    assert speech_regions(heard, 2.95, Sensitivity())[0].end == 2.95


@given(probabilities, st.floats(0.1, 1), st.floats(0, 0.5))
def test_regions_are_sorted_apart_and_inside_the_recording(
    heard: np.ndarray, min_silence: float, pad: float
) -> None:
    duration = heard.size * FRAME_S

    regions = speech_regions(heard, duration, Sensitivity(min_silence=min_silence, pad=pad))

    assert all(0 <= region.start < region.end <= duration for region in regions)
    assert all(left.end < right.start for left, right in itertools.pairwise(regions))


@given(probabilities, st.floats(1, 5))
def test_cutting_long_regions_loses_no_speech(heard: np.ndarray, longest: float) -> None:
    regions = speech_regions(heard, heard.size * FRAME_S, Sensitivity(min_silence=0.2))

    parts = split_long(regions, heard, longest)

    assert all(0 < part.duration <= longest + FRAME_S for part in parts)
    assert sum(part.duration for part in parts) == pytest.approx(sum(region.duration for region in regions))


def test_a_long_region_is_cut_where_it_is_quietest() -> None:
    heard = np.full(seconds(20), 0.9, dtype=np.float32)
    heard[seconds(12)] = 0.4

    first, second = split_long(speech_regions(heard, 20.0, Sensitivity()), heard, 15)

    assert first.end == second.start == pytest.approx(12, abs=2 * FRAME_S)


def test_a_recording_longer_than_a_block_is_heard_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = np.random.default_rng(0).normal(0, 0.05, 16_000 * 12).astype(np.float32)
    whole = speech_probabilities(noise)

    monkeypatch.setattr("scribe_worker.engines.speech._BLOCK_FRAMES", 130)

    assert np.abs(speech_probabilities(noise) - whole).mean() < 0.01


def test_the_recording_is_not_changed_by_listening() -> None:
    samples = np.full(16_000, 0.1, dtype=np.float32)

    speech_probabilities(samples)

    assert (samples == np.float32(0.1)).all()
