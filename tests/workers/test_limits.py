"""How long a recording really is, when its file has said something else."""

from typing import Any

import pytest
from sqlalchemy import select

from scribe.db.models import Meeting, MeetingStatus, Project, Usage, User
from scribe.storage import keys

pytestmark = pytest.mark.integration
Bench = Any


async def claim(bench: Bench, meeting_id: Any, seconds: float) -> None:
    """What the gateway notes by the file's header."""
    async with bench.database.transaction() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        session.add(
            Usage(
                project_id=meeting.project_id,
                user_id=meeting.created_by,
                meeting_id=meeting.id,
                seconds=seconds,
                size=meeting.size,
            )
        )


async def counted(bench: Bench) -> float:
    async with bench.database.transaction() as session:
        return float((await session.scalars(select(Usage.seconds))).one())


async def test_what_was_decoded_counts_against_the_month(bench: Bench, recording: bytes) -> None:
    meeting_id = await bench.upload(recording)
    await claim(bench, meeting_id, 1.0)
    await bench.run(meeting_id)
    assert await counted(bench) == pytest.approx(12, abs=0.1)


@pytest.mark.parametrize("whose", [Project, User])
async def test_a_recording_longer_than_its_file_said_and_than_it_may_be_is_refused(
    bench: Bench, recording: bytes, whose: type[Project] | type[User]
) -> None:
    meeting_id = await bench.upload(recording)
    await claim(bench, meeting_id, 1.0)
    async with bench.database.transaction() as session:
        (await session.scalars(select(whose))).one().max_duration_s = 11
    meeting = await bench.run(meeting_id)
    assert (meeting.status, (await bench.job(meeting_id)).error_code) == (
        MeetingStatus.FAILED,
        "MEDIA_OVER_LIMIT",
    )
    assert await counted(bench) == pytest.approx(12, abs=0.1)
    assert not await bench.store.exists(keys.audio(meeting_id))
