"""Meetings are deleted when they have been kept as long as they were to be, and none before."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from scribe import jobs, retention
from scribe.db import Database
from scribe.db.models import AuditRecord, Deletion, Job, JobKind, Meeting, MeetingStatus, Project, User
from scribe.projects import personal_project
from scribe.storage import keys

pytestmark = pytest.mark.integration


async def add_meeting(
    database: Database, *, own: int | None, project: int | None, age_days: float = 10
) -> uuid.UUID:
    async with database.transaction() as session:
        user = User(email=f"{uuid.uuid4().hex}@example.org", password_hash="-")
        session.add(user)
        await session.flush()
        found = await personal_project(session, user)
        found.retention_days = project
        meeting = Meeting(
            project_id=found.id,
            created_by=user.id,
            title="Weekly",
            status=MeetingStatus.COMPLETED,
            filename="f",
            source_key="k",
            content_type="audio/wav",
            size=1,
            retention_days=own,
            created_at=func.now() - timedelta(days=age_days),
        )
        session.add(meeting)
    return meeting.id


@pytest.mark.parametrize(
    ("own", "project", "instance", "goes"),
    [
        (None, None, None, False),
        (None, None, 9, True),
        (None, None, 11, False),
        (None, 9, None, True),
        (None, 11, 9, False),
        (9, None, None, True),
        (9, 11, 11, True),
        (11, 9, 9, False),
        (0, 9, 9, False),
    ],
)
async def test_a_meetings_own_days_come_first_then_its_projects_then_the_instances(
    database: Database, own: int | None, project: int | None, instance: int | None, goes: bool
) -> None:
    meeting_id = await add_meeting(database, own=own, project=project)
    async with database.transaction() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        now = await session.scalar(select(func.now()))
    expires = retention.expires_at(meeting, project, instance)
    assert (expires is not None and now is not None and expires <= now) == goes
    assert await retention.sweep(database, instance) == int(goes)
    async with database.transaction() as session:
        assert (await session.get(Meeting, meeting_id) is None) == goes


async def test_what_goes_is_noted_for_deletion_and_in_the_audit_log(database: Database) -> None:
    meeting_id = await add_meeting(database, own=9, project=None)
    await retention.sweep(database, None)
    async with database.transaction() as session:
        assert list(await session.scalars(select(Deletion.prefix))) == [keys.meeting(meeting_id)]
        record = (await session.scalars(select(AuditRecord))).one()
    assert (record.action, record.actor, record.subject) == ("meeting_deleted", "retention", str(meeting_id))


@pytest.mark.parametrize("running", [False, True])
async def test_a_meeting_that_waits_or_is_processed_stays(database: Database, running: bool) -> None:
    meeting_id = await add_meeting(database, own=9, project=None)
    async with database.transaction() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        job_id = (await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)).id
        if running:
            await session.execute(
                update(Job).where(Job.id == job_id).values(status="RUNNING", lease_owner="w")
            )
    assert await retention.sweep(database, None) == 0


async def test_a_meeting_that_is_being_retried_stays(database: Database) -> None:
    meeting_id = await add_meeting(database, own=9, project=None)
    async with database.transaction() as session:
        meeting = await session.get_one(Meeting, meeting_id, with_for_update=True)
        assert await retention.sweep(database, None) == 0
        await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)
    assert await retention.sweep(database, None) == 0


async def test_more_than_a_batch_goes_in_one_sweep(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    for _ in range(5):
        await add_meeting(database, own=9, project=None)
    kept = await add_meeting(database, own=None, project=None)
    assert await retention.sweep(database, None) == 5
    async with database.transaction() as session:
        assert list(await session.scalars(select(Meeting.id))) == [kept]
        assert await session.scalar(select(func.count()).select_from(Project)) == 6
