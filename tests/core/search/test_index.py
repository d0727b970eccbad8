"""The index holds the newest transcript, and an edit writes no more than it changes."""

import uuid

import pytest
from sqlalchemy import select, text

from interface.telling import transcript_of
from scribe.db import Database
from scribe.db.models import Meeting, Project, Segment
from scribe.search import index_transcript
from scribe.transcript.document import Speaker

pytestmark = pytest.mark.integration

VERSIONS = text("SELECT segment_id, xmin::text FROM segments")


@pytest.fixture
async def meeting_id(database: Database) -> uuid.UUID:
    project = Project(id=uuid.uuid4(), name="Team")
    meeting = Meeting(
        id=uuid.uuid4(),
        project_id=project.id,
        title="Weekly",
        filename="talk.wav",
        source_key="none",
        content_type="audio/wav",
        size=1,
    )
    async with database.transaction() as session:
        session.add(project)
        await session.flush()
        session.add(meeting)
    return meeting.id


async def versions(database: Database) -> dict[int, str]:
    """Which transaction wrote each segment's row."""
    async with database.transaction() as session:
        return {row.segment_id: row.xmin for row in await session.execute(VERSIONS)}


async def test_an_edit_writes_only_the_segments_that_it_changes(
    database: Database, meeting_id: uuid.UUID
) -> None:
    first = transcript_of(meeting_id, ["un", "deux", "trois", "quatre"])
    async with database.transaction() as session:
        await index_transcript(session, first)
    before = await versions(database)
    one, _, three, four = first.segments
    changed = three.model_copy(update={"text": "trois cents"})
    added = four.model_copy(update={"id": 5, "text": "cinq"})
    edited = first.model_copy(update={"segments": (one, changed, four, added)})
    async with database.transaction() as session:
        await index_transcript(session, edited)
    after = await versions(database)
    async with database.transaction() as session:
        texts = list(await session.scalars(select(Segment.text).order_by(Segment.segment_id)))
    assert texts == ["un", "trois cents", "quatre", "cinq"]
    assert {number for number in before.keys() & after.keys() if before[number] != after[number]} == {3}


async def test_a_new_name_of_a_speaker_is_the_meetings_and_every_segments(
    database: Database, meeting_id: uuid.UUID
) -> None:
    first = transcript_of(meeting_id, [("Speaker 1", "un"), ("Speaker 2", "deux")])
    speakers = Speaker(id="s0", label="Speaker 1", name="Ada"), first.speakers[1], Speaker(id="s2", label="?")
    for transcript in (first, first.model_copy(update={"speakers": speakers})):
        async with database.transaction() as session:
            await index_transcript(session, transcript)
    async with database.transaction() as session:
        assert (await session.get_one(Meeting, meeting_id)).speaker_names == ["Ada", "Speaker 2"]
        named = select(Segment.speaker).order_by(Segment.segment_id)
        assert list(await session.scalars(named)) == ["Ada", "Speaker 2"]
