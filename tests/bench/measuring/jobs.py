"""Wait for the jobs that a benchmark queued."""

import asyncio

from sqlalchemy import select

from bench.measuring.own_worker import OwnQueue
from scribe.db.models import Job, JobStatus, Meeting

POLL_S = 0.1
PATIENCE_S = 900


async def until_done(queue: OwnQueue, meetings: list[Meeting], patience_s: float = PATIENCE_S) -> list[Job]:
    """The jobs; raises RuntimeError when one fails, TimeoutError when it takes too long."""
    those = select(Job).where(Job.meeting_id.in_([meeting.id for meeting in meetings]))
    async with asyncio.timeout(patience_s):
        while True:
            async with queue.database.transaction() as session:
                jobs = list(await session.scalars(those))
            if failed := [job for job in jobs if job.status == JobStatus.FAILED]:
                raise RuntimeError(f"a job failed: {failed[0].error_detail}")
            if all(job.status == JobStatus.DONE for job in jobs):
                return jobs
            await asyncio.sleep(POLL_S)
