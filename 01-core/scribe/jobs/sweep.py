"""Heal what a crash left behind: leases that ran out, bells that nobody heard."""

from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from scribe.db import announce_after_commit
from scribe.db.models import Job, JobStatus, MeetingStatus
from scribe.jobs import places
from scribe.jobs.changes import announce_meeting
from scribe.jobs.errors import WorkerLost
from scribe.jobs.lease import give_up
from scribe.queue import QueueName, Ring
from scribe.settings import JobSettings

BATCH = 500


async def sweep_expired_leases(session: AsyncSession, settings: JobSettings) -> int:
    """Queue again every job whose worker stopped renewing its lease; returns how many.

    A job that has used up its attempts this way ends FAILED with WORKER_LOST: a recording that kills
    every worker must not do so for ever.
    """
    expired = await session.scalars(
        select(Job)
        .where(Job.status == JobStatus.RUNNING, Job.lease_until < func.now())
        .options(joinedload(Job.meeting, innerjoin=True))
        .with_for_update(of=Job, skip_locked=True)
        .limit(BATCH)
    )
    count = 0
    for job in expired:
        count += 1
        if job.attempts >= settings.max_attempts:
            give_up(job, WorkerLost(attempts=job.attempts))
            await places.ring_those_marked(session, job.meeting.project_id, job.meeting.created_by)
        else:
            job.status = JobStatus.QUEUED
            job.lease_owner = job.lease_until = None
            job.meeting.status = MeetingStatus.PENDING
            announce_after_commit(session, Ring(QueueName(job.queue), job.id))
        announce_meeting(session, job.meeting)
    await session.flush()
    return count


async def ring_overdue(
    session: AsyncSession, queue: QueueName, settings: JobSettings, *, silent: bool
) -> int:
    """Ring for jobs that are due and that no bell announces; returns how many.

    Jobs that became due since their last bell (retries) are always rung for. Those that were rung for
    and still wait may have lost their bell, but only where the queue is ``silent``, that is when no bell
    waits to be heard: else a long backlog would be rung for again and again.
    """
    became_due = Job.not_before > Job.rung_at
    bell_lost = Job.rung_at <= func.now() - timedelta(seconds=settings.ring_after_s)
    unannounced = became_due | bell_lost if silent else became_due
    overdue = await session.scalars(
        update(Job)
        .where(
            Job.id.in_(
                select(Job.id)
                .where(
                    Job.queue == queue,
                    Job.status == JobStatus.QUEUED,
                    Job.not_before <= func.now(),
                    unannounced,
                )
                .order_by(Job.not_before)
                .limit(BATCH)
                .with_for_update(of=Job, skip_locked=True)
            )
        )
        .values(rung_at=func.now())
        .returning(Job.id)
    )
    count = 0
    for job_id in overdue:
        count += 1
        announce_after_commit(session, Ring(queue, job_id))
    return count
