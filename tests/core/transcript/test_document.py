"""The document keeps its promises or refuses to exist."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scribe.transcript import Notice, Segment, Speaker, Transcript, Word, dumps, json_schema, loads

SCHEMA = jsonschema.Draft202012Validator(json_schema())
WORD: dict[str, Any] = {"start": 1, "end": 2, "text": "yes", "confidence": 1}
SEGMENT: dict[str, Any] = {"id": 1, "start": 1, "end": 2, "text": "yes"}


@given(document=st.from_type(Transcript))
def test_what_is_written_is_read_back_unchanged(document: Transcript) -> None:
    assert loads(dumps(document)) == document


@given(document=st.from_type(Transcript))
def test_what_is_written_is_valid_under_the_published_schema(document: Transcript) -> None:
    SCHEMA.validate(json.loads(dumps(document)))


def test_equal_documents_give_equal_bytes(meeting: Transcript) -> None:
    one = meeting.model_copy(update={"timings": {"convert": 1.0, "fuse": 2.0}})
    other = meeting.model_copy(update={"timings": {"fuse": 2.0, "convert": 1.0}})

    assert dumps(loads(dumps(one))) == dumps(loads(dumps(other)))


def test_the_schema_number_is_stored_under_its_plain_name(meeting: Transcript) -> None:
    assert json.loads(dumps(meeting))["schema"] == 1


def test_times_are_kept_to_the_millisecond() -> None:
    assert Word(start=0.1234567, end=0.9999999, text="a", confidence=1).end == 1.0


def test_a_name_given_by_a_person_is_shown_before_the_label(meeting: Transcript) -> None:
    assert [speaker.display_name for speaker in meeting.speakers] == ["Anna", "Speaker 2"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"start": 3}, "before it starts"),
        ({"start": -1}, "greater than or equal to 0"),
        ({"end": float("inf")}, "finite"),
        ({"confidence": 1.1}, "less than or equal to 1"),
        ({"text": ""}, "at least 1 character"),
        ({"colour": "red"}, "Unexpected keyword argument"),
    ],
)
def test_an_impossible_word_is_refused(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Word(**WORD | change)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"words": [WORD | {"end": 2.5}]}, "outside its start and end"),
        ({"words": [WORD | {"start": 0.5}]}, "outside its start and end"),
        ({"words": [WORD | {"start": 1.5}, WORD]}, "not sorted"),
        ({"flags": ["Not A Flag"]}, "pattern"),
    ],
)
def test_an_impossible_segment_is_refused(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        Segment.model_validate(SEGMENT | change)


def test_segments_out_of_order_are_refused(transcript: Callable[..., Transcript]) -> None:
    with pytest.raises(ValidationError, match="segments are not sorted"):
        transcript(Segment(**SEGMENT | {"start": 1.5}), Segment(**SEGMENT | {"id": 2}))


def test_two_segments_of_one_id_are_refused(transcript: Callable[..., Transcript]) -> None:
    with pytest.raises(ValidationError, match="segment ids are not unique"):
        transcript(Segment(**SEGMENT), Segment(**SEGMENT))


def test_two_speakers_of_one_id_are_refused(transcript: Callable[..., Transcript]) -> None:
    with pytest.raises(ValidationError, match="speaker ids are not unique"):
        transcript(speakers=(Speaker(id="S1", label="a"), Speaker(id="S1", label="b")))


@pytest.mark.parametrize(
    "segment", [SEGMENT | {"speaker": "S9"}, SEGMENT | {"words": [WORD | {"speaker": "S9"}]}]
)
def test_a_speaker_who_is_not_listed_is_refused(
    transcript: Callable[..., Transcript], segment: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError, match="S9"):
        transcript(Segment.model_validate(segment))


def test_another_schema_is_refused(meeting: Transcript) -> None:
    with pytest.raises(ValidationError, match="schema"):
        loads(dumps(meeting).replace(b'"schema":1', b'"schema":2'))


def test_a_notice_needs_a_stable_code() -> None:
    with pytest.raises(ValidationError, match="pattern"):
        Notice(code="some words", message="Something happened.")
