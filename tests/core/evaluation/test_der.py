"""Diarisation error rate has the values that one can count by hand."""

import pytest

from scribe.evaluation.der import SpeakerErrors, diarisation_error_rate, speaker_errors
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


def test_each_kind_of_error_is_counted_in_seconds() -> None:
    counted = speaker_errors(REFERENCE, [turn(1, 7, "1"), turn(7, 12, "2")], collar=0)
    assert counted == SpeakerErrors(speech=10, missed=1, false_alarm=2, confusion=1)


def test_overlap_can_be_left_out() -> None:
    both = [turn(0, 10, "anna"), turn(5, 10, "ben")]
    counted = speaker_errors(both, [turn(0, 10, "1")], collar=0, skip_overlap=True)
    assert counted == SpeakerErrors(speech=5)


def test_seconds_add_up_so_that_long_recordings_weigh_more() -> None:
    wrong = speaker_errors([turn(0, 1, "anna")], [], collar=0)
    right = speaker_errors(REFERENCE, REFERENCE, collar=0)
    assert (wrong + right).rate == pytest.approx(1 / 11)
