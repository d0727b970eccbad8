"""How many jobs of one project, and of one person, run at once; the others wait in the queue for a place."""

import uuid

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import announce_after_commit
from scribe.db.models import Job, JobStatus, Meeting, Project, User
from scribe.jobs.changes import announce_meeting
from scribe.queue import QueueName, Ring

WAITING = "waiting"
"""The stage of a queued job that was passed over for want of a place."""
RUNG_AT_ONCE = 8
"""One place was freed, but the first in the row may lack another: some more are asked."""


async def take(session: AsyncSession, job: Job, max_jobs: int | None) -> bool:
    """Whether the job may run; if not, it is marked as waiting. Its row is locked, its meeting loaded.

    max_jobs: for projects and people without a limit of their own; None: no limit
    Those who count the same places do so one after the other, until their transactions end.
    """
    meeting = job.meeting
    found = await session.execute(
        select(Project.max_jobs, User.max_jobs)
        .select_from(Project)
        .outerjoin(User, User.id == meeting.created_by)
        .where(Project.id == meeting.project_id)
    )
    limits = [max_jobs if own is None else own for own in found.one()]
    counted = [(Meeting.project_id, meeting.project_id), (Meeting.created_by, meeting.created_by)]
    if limits != [None, None]:
        await _one_at_a_time(session, meeting.project_id, meeting.created_by)
    for limit, (column, whose) in zip(limits, counted, strict=True):
        if limit is None or whose is None:
            continue
        running = select(func.count()).select_from(Job).join(Meeting, Meeting.id == Job.meeting_id)
        running = running.where(Job.status == JobStatus.RUNNING, column == whose)
        if (await session.scalar(running) or 0) >= limit:
            if job.stage != WAITING:
                job.stage, job.progress = WAITING, 0.0
                announce_meeting(session, meeting, job)
            return False
    return True


async def ring_waiting(session: AsyncSession, project_id: uuid.UUID, created_by: uuid.UUID | None) -> None:
    """Ring for jobs that wait for a place in the project or with the person, the oldest first.

    To be called in a transaction of its own after a job has ended: whoever was just passing a job over
    has then marked it, and whoever counts later counts without the one that ended.
    """
    await _one_at_a_time(session, project_id, created_by)
    await ring_those_marked(session, project_id, created_by)


async def ring_those_marked(
    session: AsyncSession, project_id: uuid.UUID, created_by: uuid.UUID | None
) -> None:
    """The same without a look at who is passing a job over just now, for transactions that hold many rows."""
    waiting = await session.execute(
        select(Job.id, Job.queue)
        .join(Meeting, Meeting.id == Job.meeting_id)
        .where(
            Job.status == JobStatus.QUEUED,
            Job.stage == WAITING,
            Job.not_before <= func.now(),
            or_(Meeting.project_id == project_id, Meeting.created_by == created_by),
        )
        .order_by(Job.created_at)
        .limit(RUNG_AT_ONCE)
    )
    for job_id, queue in waiting:
        announce_after_commit(session, Ring(QueueName(queue), job_id))


async def _one_at_a_time(session: AsyncSession, project_id: uuid.UUID, created_by: uuid.UUID | None) -> None:
    """Projects first, then people, so that no two wait for each other in a ring."""
    for whose in (project_id, created_by):
        if whose is not None:
            await session.execute(
                select(func.pg_advisory_xact_lock(func.hashtextextended(f"places:{whose}", 0)))
            )
