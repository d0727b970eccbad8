"""The sample meeting's reference is sound, and a broken one is refused."""

from pathlib import Path
from typing import Any

import av
import pytest
from pydantic import ValidationError

from scribe.evaluation.der import diarisation_error_rate
from scribe.evaluation.reference import Reference

DATA = Path(__file__).parents[2] / "data"
SAMPLE = Reference.load(DATA / "sample.json")
SMALL: dict[str, Any] = {
    "language": "en",
    "duration": 2,
    "speakers": {"a": "Anna"},
    "turns": [{"start": 0, "end": 1, "speaker": "a"}, {"start": 1, "end": 2, "speaker": "a"}],
    "words": [{"start": 0, "end": 1, "speaker": "a", "text": "yes"}],
}


def test_the_sample_is_a_minute_with_four_voices() -> None:
    assert 55 < SAMPLE.duration < 70
    assert {turn.speaker for turn in SAMPLE.turns} == set(SAMPLE.speakers)
    assert len(SAMPLE.speakers) == 4


def test_the_sample_lasts_as_long_as_its_reference_says() -> None:
    with av.open(str(DATA / "sample.flac")) as recording:
        stream = recording.streams.audio[0]
        assert (stream.rate, stream.channels) == (16_000, 1)
        assert sum(frame.samples for frame in recording.decode(stream)) / 16_000 == SAMPLE.duration


def test_every_word_of_the_sample_lies_in_a_turn_of_its_speaker() -> None:
    stray = [
        word
        for word in SAMPLE.words
        if not any(
            turn.speaker == word.speaker and turn.start <= word.start <= word.end <= turn.end
            for turn in SAMPLE.turns
        )
    ]

    assert not stray


def test_some_of_the_sample_is_spoken_by_two_at_once() -> None:
    assert diarisation_error_rate(SAMPLE.turns, SAMPLE.turns) == 0
    assert any(
        later.start < earlier.end for earlier, later in zip(SAMPLE.turns, SAMPLE.turns[1:], strict=False)
    )


def test_the_text_of_the_sample_keeps_turns_together() -> None:
    assert "enough money for the whole day very good what about music" in SAMPLE.text


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"turns": SMALL["turns"][::-1]}, "not sorted"),
        ({"speakers": {}}, "not listed"),
        ({"turns": [{"start": 1, "end": 0, "speaker": "a"}]}, "before it starts"),
    ],
)
def test_a_broken_reference_is_refused(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Reference.model_validate(SMALL | change)
