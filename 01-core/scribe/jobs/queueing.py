"""Into the queue and out of it again."""

import uuid

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import announce_after_commit
from scribe.db.models import Job, JobKind, JobStatus, Meeting, MeetingStatus
from scribe.jobs.changes import announce_meeting
from scribe.jobs.errors import NothingToCancel
from scribe.logging import current_correlation_id
from scribe.queue import QueueName, Ring

QUEUE_OF: dict[JobKind, QueueName] = {JobKind.TRANSCRIBE: QueueName.GPU}
OPEN = (JobStatus.QUEUED, JobStatus.RUNNING)


async def enqueue(session: AsyncSession, kind: JobKind, meeting: Meeting) -> Job:
    """Add the job in the caller's transaction; the bell rings after its commit.

    The meeting becomes PENDING. A second open job of the same kind on a meeting is refused by the
    database (unique index), so two retries at once queue one job.
    """
    queue = QUEUE_OF[kind]
    job = Job(
        id=uuid.uuid4(),
        kind=kind,
        queue=queue,
        meeting_id=meeting.id,
        correlation_id=current_correlation_id(),
    )
    meeting.status = MeetingStatus.PENDING
    meeting.error_code = meeting.error_message = None
    session.add(job)
    await session.flush()
    announce_after_commit(session, Ring(queue, job.id))
    announce_meeting(session, meeting)
    return job


async def cancel(session: AsyncSession, meeting: Meeting) -> Job:
    """Take the meeting's open job away from whoever holds it.

    Raises NothingToCancel. A worker at work notices within a second that its lease is gone.
    """
    job = await session.scalar(
        select(Job).where(Job.meeting_id == meeting.id, Job.status.in_(OPEN)).with_for_update()
    )
    if job is None:
        raise NothingToCancel(meeting_id=str(meeting.id))
    job.status = JobStatus.CANCELLED
    job.lease_owner = job.lease_until = None
    job.finished_at = func.now()
    meeting.status = MeetingStatus.CANCELLED
    await session.flush()
    announce_meeting(session, meeting)
    return job


async def cancel_all(session: AsyncSession, project_id: uuid.UUID) -> None:
    """Take every open job of a project that is being deleted away from whoever holds it.

    Nobody is told. A meeting that is moved elsewhere meanwhile is there CANCELLED, and may be retried.
    """
    inside = select(Meeting.id).where(Meeting.project_id == project_id)
    cancelled = (
        update(Job)
        .where(Job.meeting_id.in_(inside), Job.status.in_(OPEN))
        .values(status=JobStatus.CANCELLED, lease_owner=None, lease_until=None, finished_at=func.now())
        .returning(Job.meeting_id)
        .cte()
    )
    await session.execute(
        update(Meeting)
        .where(Meeting.id.in_(select(cancelled.c.meeting_id)))
        .values(status=MeetingStatus.CANCELLED)
        .execution_options(synchronize_session=False)
    )
