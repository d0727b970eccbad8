"""The benchmark of the web app on a small scale: its meeting is one that the gateway would have."""

import io
import uuid

import av
import pytest
from sqlalchemy import func, select

from bench.measuring.account import BenchAccount
from bench.measuring.long_meeting import Size, made_up, seed_meeting, silent_flac
from scribe.db import Database
from scribe.db.models import Meeting, MeetingStatus, Segment, User
from scribe.projects import personal_project
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import loads

SMALL = Size(words=500, seconds=180.0)


def test_as_many_words_are_said_as_were_asked_for() -> None:
    transcript = made_up(uuid.uuid4(), SMALL)

    assert sum(len(segment.words) for segment in transcript.segments) == SMALL.words
    assert all(
        segment.text == " ".join(word.text for word in segment.words) for segment in transcript.segments
    )
    assert transcript.segments[-1].end <= SMALL.seconds


def test_the_recording_is_as_long_as_the_transcript() -> None:
    with av.open(io.BytesIO(silent_flac(SMALL.seconds)), mode="r") as recording:
        assert recording.duration is not None
        assert recording.duration / av.time_base == pytest.approx(SMALL.seconds)


@pytest.mark.integration
async def test_the_meeting_is_completed_and_has_all_that_its_page_asks_for(
    settings: Settings, database: Database, store: ObjectStore
) -> None:
    user = User(id=uuid.uuid4(), email="bench@example.org", password_hash="none")
    user_id = user.id
    async with database.transaction() as session:
        session.add(user)
        await session.flush()
        project_id = (await personal_project(session, user)).id

    meeting_id = await seed_meeting(settings, BenchAccount(user_id, project_id, "", {}), SMALL)

    async with database.transaction() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        indexed = await session.scalar(
            select(func.count()).select_from(Segment).where(Segment.meeting_id == meeting_id)
        )
    document = loads(await store.get_bytes(keys.transcript(meeting_id, 1)))
    assert (meeting.status, meeting.revision) == (MeetingStatus.COMPLETED, 1)
    assert indexed == len(document.segments)
    assert await store.head(keys.playback(meeting_id)) is not None
    assert await store.head(keys.peaks(meeting_id)) is not None
