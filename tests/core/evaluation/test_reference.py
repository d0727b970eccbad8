"""The sample meeting's reference is sound, and a broken one is refused."""

from pathlib import Path
from typing import Any
from uuid import UUID

import av
import pytest
from pydantic import ValidationError

from scribe.evaluation.der import diarisation_error_rate
from scribe.evaluation.errors import ReferenceUnreadable
from scribe.evaluation.reference import Reference, turns_of
from scribe.transcript.document import Transcript

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


@pytest.mark.parametrize("name", ["sample", "whisper-meeting"])
def test_a_recording_lasts_as_long_as_its_reference_says(name: str) -> None:
    with av.open(str(DATA / f"{name}.flac")) as recording:
        stream = recording.streams.audio[0]
        assert (stream.rate, stream.channels) == (16_000, 1)
        samples = sum(frame.samples for frame in recording.decode(stream))
    assert samples / 16_000 == Reference.load(DATA / f"{name}.json").duration


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


def test_a_pause_or_another_speaker_ends_an_utterance() -> None:
    spoken = [("a", 0.0, 0.4), ("a", 0.5, 1.0), ("a", 2.0, 2.3), ("b", 2.1, 2.2)]
    words = [{"speaker": who, "start": start, "end": end, "text": "w"} for who, start, end in spoken]
    reference = Reference.model_validate(
        SMALL | {"speakers": {"a": "Anna", "b": "Ben"}, "words": words, "duration": 3}
    )

    assert [(u.speaker, u.start, u.end, u.text) for u in reference.utterances] == [
        ("a", 0, 1, "w w"),
        ("a", 2, 2.3, "w"),
        ("b", 2.1, 2.2, "w"),
    ]


def test_turns_of_a_transcript_are_words_in_a_row_and_segments_only_without_words() -> None:
    used = {"name": "e", "model": "m", "device": "cpu", "compute_type": "none"}
    words = [("a", 0.0, 0.4), ("a", 0.5, 1.0), ("a", 2.0, 2.3), ("b", 2.3, 2.5)]
    heard = [
        {"start": start, "end": end, "speaker": who, "text": "w", "confidence": 1}
        for who, start, end in words
    ]
    transcript = Transcript.model_validate(
        {
            "meeting_id": UUID(int=0),
            "revision": 1,
            "language": "en",
            "duration": 9,
            "engines": {"transcriber": used, "diariser": used},
            "speakers": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}],
            "segments": [
                {"id": 1, "start": 0, "end": 2.5, "speaker": "a", "text": "w w w w", "words": heard},
                {"id": 2, "start": 4, "end": 6, "speaker": None, "text": "edited"},
            ],
        }
    )

    assert [(turn.speaker, turn.start, turn.end) for turn in turns_of(transcript)] == [
        ("a", 0, 1),
        ("a", 2, 2.3),
        ("b", 2.3, 2.5),
        ("", 4, 6),
    ]


@pytest.mark.parametrize(
    ("content", "complaint"), [(None, "No such file"), ("{}", "language: Field required")]
)
def test_a_reference_that_cannot_be_read_says_why(
    tmp_path: Path, content: str | None, complaint: str
) -> None:
    path = tmp_path / "reference.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ReferenceUnreadable, match=complaint):
        Reference.load(path)


def test_the_meeting_for_the_small_whisper_is_sound() -> None:
    meeting = Reference.load(DATA / "whisper-meeting.json")

    assert len(meeting.speakers) == 4
    assert sum(len(utterance.text.split()) for utterance in meeting.utterances) == len(meeting.words)


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
