"""Where a long recording is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe_worker.engines.base import Turn
from scribe_worker.engines.pyannote_audio.chunks import chunk_end, quietest, search_s

HOUR = 3600.0


def turn(start: float, end: float, speaker: int = 0) -> Turn:
    return Turn(start=start, end=end, speaker=speaker)


@pytest.mark.parametrize("duration", [0.5, 600.0, HOUR])
def test_up_to_an_hour_there_is_one_chunk(duration: float) -> None:
    assert chunk_end(0, duration, HOUR) == duration


def test_a_little_more_than_an_hour_is_two_halves_and_not_an_hour_and_a_rest() -> None:
    end = chunk_end(0, HOUR + 60, HOUR)

    assert end == pytest.approx((HOUR + 60) / 2 + search_s(HOUR) / 2)


@given(
    duration=st.floats(1, 100_000),
    chunk_s=st.floats(20, HOUR),
    early=st.lists(st.floats(0, 1), min_size=1, max_size=5),
)
def test_wherever_the_pauses_are_no_chunk_is_too_long_and_the_end_is_reached(
    duration: float, chunk_s: float, early: list[float]
) -> None:
    start, chunks = 0.0, 0
    while (end := chunk_end(start, duration, chunk_s)) < duration:
        assert end - start <= chunk_s
        start = end - early[chunks % len(early)] * search_s(chunk_s)
        chunks += 1

    assert duration - start <= chunk_s
    assert chunks <= duration / (0.8 * chunk_s / 2) + 1


def test_the_cut_is_in_the_middle_of_the_longest_pause() -> None:
    turns = [turn(0, 51), turn(51.5, 54), turn(56, 58), turn(58.2, 70)]

    assert quietest(turns, 50, 60) == pytest.approx(55)


def test_without_a_pause_the_cut_is_where_the_fewest_speak() -> None:
    turns = [turn(0, 55, 0), turn(52, 57, 1), turn(53, 70, 2)]

    assert quietest(turns, 50, 60) == pytest.approx(58.5)


def test_in_silence_the_cut_is_in_the_middle() -> None:
    assert quietest([turn(0, 20)], 50, 60) == pytest.approx(55)
