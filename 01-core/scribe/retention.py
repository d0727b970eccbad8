"""How long meetings are kept, counted from when they were handed in, and the sweep that ends it.

Not from when they were processed: a date that is known from the first day on, and that no retry puts off.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe import deletions
from scribe.db import Database, announce_after_commit
from scribe.db.models import AuditRecord, Job, JobStatus, Meeting, MeetingStatus, Project
from scribe.queue import MeetingDeleted
from scribe.storage import keys

ACTOR = "retention"
BATCH = 100
FOR_EVER = 0

log = structlog.get_logger(__name__)


def expires_at(meeting: Meeting, project_days: int | None, instance_days: int | None) -> datetime | None:
    """When the meeting is to be deleted; None: never.

    Its own days come first, where 0 keeps it for ever, then those of its project, then the instance's.
    """
    own = (meeting.retention_days, project_days, instance_days)
    days = next((days for days in own if days is not None), FOR_EVER)
    return None if days == FOR_EVER else meeting.created_at + timedelta(days=days)


def _expired(instance_days: int | None) -> ColumnElement[bool]:
    """The same for a query that joins the project."""
    days = func.coalesce(Meeting.retention_days, Project.retention_days, instance_days, FOR_EVER)
    return (days != FOR_EVER) & (Meeting.created_at + func.make_interval(0, 0, 0, days) <= func.now())


async def sweep(database: Database, instance_days: int | None) -> int:
    """Delete the meetings whose time has come; returns how many. Their objects go with the next sweep."""
    count = 0
    while True:
        async with database.transaction() as session:
            ended = await _sweep_some(session, instance_days)
        count += ended
        if ended < BATCH:
            return count


async def _sweep_some(session: AsyncSession, instance_days: int | None) -> int:
    """Nothing that is queued or processed goes.

    The status says so too, and is looked at again should a retry have changed the row meanwhile.
    """
    open_job = select(Job.id).where(
        Job.meeting_id == Meeting.id, Job.status.in_((JobStatus.QUEUED, JobStatus.RUNNING))
    )
    at_rest = (MeetingStatus.COMPLETED, MeetingStatus.FAILED, MeetingStatus.CANCELLED)
    due = await session.scalars(
        select(Meeting)
        .join(Project, Project.id == Meeting.project_id)
        .where(_expired(instance_days), Meeting.status.in_(at_rest), ~open_job.exists())
        .limit(BATCH)
        .with_for_update(of=Meeting, skip_locked=True)
    )
    meetings = due.all()
    for meeting in meetings:
        await deletions.note(session, keys.meeting(meeting.id))
        announce_after_commit(session, MeetingDeleted(meeting_id=meeting.id, project_id=meeting.project_id))
        session.add(
            AuditRecord(
                action="meeting_deleted",
                actor=ACTOR,
                project_id=meeting.project_id,
                subject=str(meeting.id),
                detail={"title": meeting.title},
            )
        )
        log.info("meeting_deleted", meeting_id=str(meeting.id), reason=ACTOR)
    await session.execute(
        delete(Meeting)
        .where(Meeting.id.in_([meeting.id for meeting in meetings]))
        .execution_options(synchronize_session=False)
    )
    return len(meetings)
