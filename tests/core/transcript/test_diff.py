"""What two revisions have different."""

from typing import Any

import pytest

from scribe.transcript import Segment, Speaker, Transcript
from scribe.transcript.editing import difference


@pytest.fixture
def before(transcript: Any) -> Transcript:
    made: Transcript = transcript(
        Segment(id=1, start=0, end=1, speaker="S1", text="we meat on Monday"),
        Segment(id=2, start=1, end=2, speaker="S1", text="or not"),
        Segment(id=3, start=2, end=3, text="at all"),
        speakers=(Speaker(id="S1", label="Speaker 1"), Speaker(id="S2", label="Speaker 2")),
    )
    return made


def test_segments_words_and_speakers_are_told(before: Transcript) -> None:
    first = before.segments[0].model_copy(update={"text": "we meet on Monday then"})
    new = Segment(id=4, start=3, end=4, text="new")
    after = before.model_copy(
        update={
            "segments": (first, before.segments[2], new),
            "speakers": (Speaker(id="S1", label="Speaker 1", name="Ada"), Speaker(id="S3", label="C")),
        }
    )
    told = difference(before, after)
    assert ([line.id for line in told.added], [line.id for line in told.removed]) == ([4], [2])
    [changed] = told.changed
    assert [(piece.kind, piece.text) for piece in changed.words] == [
        ("same", "we"),
        ("removed", "meat"),
        ("added", "meet"),
        ("same", "on Monday"),
        ("added", "then"),
    ]
    assert [speaker.id for speaker in told.speakers_added] == ["S3"]
    assert [speaker.id for speaker in told.speakers_removed] == ["S2"]
    assert [(pair.before.name, pair.after.name) for pair in told.speakers_changed] == [(None, "Ada")]


def test_another_speaker_is_a_change_without_words(before: Transcript) -> None:
    second = before.segments[1].model_copy(update={"speaker": "S2"})
    after = before.model_copy(update={"segments": (before.segments[0], second, before.segments[2])})
    [changed] = difference(before, after).changed
    assert (changed.before.speaker, changed.after.speaker, changed.words) == ("S1", "S2", ())


def test_a_number_that_a_new_transcription_gives_elsewhere_is_another_segment(before: Transcript) -> None:
    elsewhere = Segment(id=1, start=50, end=60, text="we meat on Monday")
    told = difference(before, before.model_copy(update={"segments": (elsewhere,)}))
    assert ([line.id for line in told.added], [line.id for line in told.removed]) == ([1], [1, 2, 3])
    assert told.changed == ()


def test_a_document_and_itself_have_nothing_different(before: Transcript) -> None:
    assert not any(dict(difference(before, before)).values())
