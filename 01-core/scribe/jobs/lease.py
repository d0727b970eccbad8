"""What a worker does with a job: every write is fenced by the lease that the claim handed out."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from scribe.db import announce_after_commit
from scribe.db.models import Job, JobKind, JobStatus, MeetingStatus
from scribe.errors import ScribeError
from scribe.jobs import places
from scribe.jobs.changes import announce_meeting
from scribe.jobs.errors import JobLost
from scribe.queue import QueueName, Ring
from scribe.settings import JobSettings

DETAIL_LENGTH = 8000
MESSAGE_LENGTH = 2000


@dataclass(frozen=True)
class Lease:
    """The right to work on a job and to write its result, until it runs out or is taken away."""

    job_id: uuid.UUID
    meeting_id: uuid.UUID
    project_id: uuid.UUID
    created_by: uuid.UUID | None
    kind: JobKind
    owner: str
    attempt: int
    correlation_id: str | None


async def claim(
    session: AsyncSession,
    job_id: uuid.UUID,
    *,
    worker: str,
    settings: JobSettings,
    max_jobs: int | None = None,
) -> Lease | None:
    """Take the job, or None when it is not to be had: taken, done, not due, or gone.

    None as well where its project or uploader has as many running as it may have, ``max_jobs`` unless it
    has a limit of its own: the job then waits, and ``places.ring_waiting`` rings for it.
    """
    job = await session.scalar(
        select(Job)
        .where(Job.id == job_id, Job.status == JobStatus.QUEUED, Job.not_before <= func.now())
        .options(joinedload(Job.meeting, innerjoin=True))
        .with_for_update(of=Job, skip_locked=True)
    )
    if job is None or not await places.take(session, job, max_jobs):
        return None
    job.status = JobStatus.RUNNING
    job.attempts += 1
    job.worker = worker
    job.lease_owner = f"{worker}:{uuid.uuid4().hex}"
    job.lease_until = func.now() + timedelta(seconds=settings.lease_s)
    job.claimed_at = func.now()
    job.stage, job.progress = None, 0.0
    job.meeting.status = MeetingStatus.PROCESSING
    job.meeting.error_code = job.meeting.error_message = None
    lease = Lease(
        job.id,
        job.meeting_id,
        job.meeting.project_id,
        job.meeting.created_by,
        job.kind,
        job.lease_owner,
        job.attempts,
        job.correlation_id,
    )
    await session.flush()
    announce_meeting(session, job.meeting)
    return lease


async def heartbeat(session: AsyncSession, lease: Lease, settings: JobSettings) -> bool:
    """Extend the lease; False when it is no longer the worker's."""
    extended = await session.execute(
        update(Job)
        .where(Job.id == lease.job_id, Job.lease_owner == lease.owner)
        .values(lease_until=func.now() + timedelta(seconds=settings.lease_s))
        .returning(Job.id)
    )
    return extended.first() is not None


async def still_held(session: AsyncSession, leases: set[Lease]) -> set[Lease]:
    """Those of the leases that are still the worker's."""
    owners = {lease.owner: lease for lease in leases}
    held = await session.scalars(select(Job.lease_owner).where(Job.lease_owner.in_(owners)))
    return {owners[owner] for owner in held if owner is not None}


async def advance(session: AsyncSession, lease: Lease, stage: str, progress: float) -> Job:
    """Record where the work stands: progress 0-1 within the stage. Raises JobLost."""
    job = await hold(session, lease)
    job.stage, job.progress = stage, round(progress, 3)
    announce_meeting(session, job.meeting, job)
    return job


async def finish(session: AsyncSession, lease: Lease) -> Job:
    """Mark the job DONE; the caller writes the result in the same transaction. Raises JobLost."""
    job = await hold(session, lease)
    _let_go(job, JobStatus.DONE)
    job.finished_at = func.now()
    job.progress = 1.0
    job.error_code = job.error_detail = None
    job.meeting.status = MeetingStatus.COMPLETED
    job.meeting.completed_at = func.now()
    job.meeting.error_code = job.meeting.error_message = None
    await session.flush()
    announce_meeting(session, job.meeting)
    return job


async def fail(session: AsyncSession, lease: Lease, error: ScribeError, settings: JobSettings) -> JobStatus:
    """Queue the job again with a growing delay, or end it FAILED when another try is useless.

    An outage of a server of ours counts as no attempt. Raises JobLost.
    """
    job = await hold(session, lease)
    job.error_code = error.code
    job.error_detail = "\n".join([str(error), *(f"{k}: {v}" for k, v in error.detail.items())])[
        :DETAIL_LENGTH
    ]
    if error.permanent or (job.attempts >= settings.max_attempts and not error.outage):
        give_up(job, error)
    else:
        _let_go(job, JobStatus.QUEUED)
        delay = settings.retry_delay_s * 2 ** (job.attempts - 1)
        if error.outage:
            delay = max(delay, settings.outage_delay_s)
            job.attempts -= 1
        job.not_before = func.now() + timedelta(seconds=delay)
        job.meeting.status = MeetingStatus.PENDING
        _explain(job, error)
    status = job.status
    await session.flush()
    announce_meeting(session, job.meeting)
    return status


async def release(session: AsyncSession, lease: Lease) -> None:
    """Give the job back unfinished, as a worker that is told to stop does; the attempt does not count."""
    job = await hold(session, lease)
    _let_go(job, JobStatus.QUEUED)
    job.attempts -= 1
    job.meeting.status = MeetingStatus.PENDING
    await session.flush()
    announce_after_commit(session, Ring(QueueName(job.queue), job.id))
    announce_meeting(session, job.meeting)


def give_up(job: Job, error: ScribeError) -> None:
    """End the job and its meeting FAILED, with the reason that the user reads."""
    _let_go(job, JobStatus.FAILED)
    job.finished_at = func.now()
    job.error_code = error.code
    job.meeting.status = MeetingStatus.FAILED
    _explain(job, error)


def _explain(job: Job, error: ScribeError) -> None:
    """Tell the user why the meeting failed, or what it waits for."""
    job.meeting.error_code = error.code
    job.meeting.error_message = _storable(str(error), MESSAGE_LENGTH)


def _storable(text: str, length: int) -> str:
    """What PostgreSQL takes: no NUL, which an engine's output may hold, and not too long."""
    return text.replace("\x00", "")[:length]


def _let_go(job: Job, status: JobStatus) -> None:
    job.status = status
    job.lease_owner = job.lease_until = None


async def hold(session: AsyncSession, lease: Lease) -> Job:
    """The job and its meeting, locked for a write under the lease. Raises JobLost."""
    job = await session.scalar(
        select(Job)
        .where(Job.id == lease.job_id, Job.lease_owner == lease.owner)
        .options(joinedload(Job.meeting, innerjoin=True))
        .with_for_update(of=Job)
    )
    if job is None:
        raise JobLost(job_id=str(lease.job_id))
    return job
