"""Diarisation error rate has the values that one can count by hand."""

import pytest

from scribe.evaluation.der import diarisation_error_rate
from scribe.evaluation.reference import SpeakerTurn


def turn(start: float, end: float, speaker: str) -> SpeakerTurn:
    return SpeakerTurn(start=start, end=end, speaker=speaker)


REFERENCE = [turn(0, 6, "anna"), turn(6, 10, "ben")]


@pytest.mark.parametrize(
    ("hypothesis", "expected"),
    [
        ([turn(0, 6, "1"), turn(6, 10, "2")], 0),
        ([turn(0, 6, "2"), turn(6, 10, "1")], 0),
        ([turn(0, 3, "1"), turn(2, 6, "1"), turn(6, 10, "2")], 0),
        ([turn(0, 10, "1")], 4 / 10),
        ([turn(0, 6, "1")], 4 / 10),
        ([turn(0, 6, "1"), turn(6, 12, "2")], 2 / 10),
        ([turn(0, 6, "1"), turn(5, 10, "2")], 1 / 10),
        ([], 1),
    ],
    ids=["same", "renamed", "in pieces", "confused", "missed", "false alarm", "two at once", "nothing"],
)
def test_the_rate_is_what_one_counts(hypothesis: list[SpeakerTurn], expected: float) -> None:
    assert diarisation_error_rate(REFERENCE, hypothesis, collar=0) == pytest.approx(expected)


def test_a_boundary_inside_the_collar_costs_nothing() -> None:
    late = [turn(0, 6.12, "1"), turn(6.12, 10, "2")]

    assert diarisation_error_rate(REFERENCE, late) == 0
    assert diarisation_error_rate(REFERENCE, late, collar=0) == pytest.approx(0.012)


def test_overlapping_speech_is_scored() -> None:
    both = [turn(0, 10, "anna"), turn(5, 10, "ben")]

    assert diarisation_error_rate(both, [turn(0, 10, "1")], collar=0) == pytest.approx(5 / 15)


@pytest.mark.parametrize(("hypothesis", "expected"), [([], 0), ([turn(0, 1, "1")], 1)])
def test_without_reference_speech_the_rate_is_all_or_nothing(
    hypothesis: list[SpeakerTurn], expected: float
) -> None:
    assert diarisation_error_rate([], hypothesis) == expected


def test_a_turn_without_length_is_no_speech() -> None:
    assert diarisation_error_rate(REFERENCE, [*REFERENCE, turn(3, 3, "carl")]) == 0
