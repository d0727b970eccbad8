"""A meeting of somebody, to hang jobs on."""

import uuid

import pytest

from scribe.db import Database
from scribe.db.models import Meeting, User
from scribe.projects import personal_project


async def add_meeting(database: Database) -> uuid.UUID:
    async with database.transaction() as session:
        user = User(email=f"{uuid.uuid4().hex}@example.org", password_hash="-")
        session.add(user)
        await session.flush()
        meeting = Meeting(
            project_id=(await personal_project(session, user)).id,
            created_by=user.id,
            title="Weekly",
            filename="weekly.wav",
            source_key="meetings/x/source/weekly.wav",
            content_type="audio/wav",
            size=1,
        )
        session.add(meeting)
    return meeting.id


@pytest.fixture
async def meeting_id(database: Database) -> uuid.UUID:
    return await add_meeting(database)
