"""Put together what the servers, the workers and the tables tell; every query can be answered by an index."""

import asyncio
import shutil
from collections import defaultdict
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from redis.exceptions import RedisError
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Job, JobStatus, Meeting, Upload, UploadState
from scribe.queue.presence import Presence
from scribe_api.access.principals import Person
from scribe_api.gateway import Gateway
from scribe_api.health.service import PATIENCE_S, ROLES, dependencies
from scribe_api.metrics import OPEN_JOBS
from scribe_api.system.schemas import Disk, JobInHand, QueueRead, StorageRead, SystemRead, WorkerRead

PACKAGE = "smart-meeting-scribe-api"
LATELY = timedelta(days=1)
# Written out: with parameters, PostgreSQL could not tell that the small indexes fit.
RUNNING = text("jobs.status = 'RUNNING'")
QUEUED = text("jobs.status = 'QUEUED'")
FAILED = text("jobs.status = 'FAILED'")


async def read(gateway: Gateway, session: AsyncSession, person: Person) -> SystemRead:
    """The instance as the person may see it: only administrators see which meetings are worked on."""
    servers = await dependencies(gateway)
    names = await _names(gateway.presence) if servers["redis"].up else []
    return SystemRead(
        version=version(PACKAGE),
        dependencies=servers,
        workers=await _workers(session, names, named=person.is_admin),
        jobs=await _queue(session),
        storage=await _storage(session, gateway.settings.stack.volumes),
        uploads_in_progress=await _uploads(session),
    )


async def _names(presence: Presence) -> list[tuple[str, str]]:
    """Role and name of every live process."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return [(role, name) for role in ROLES for name in await presence.alive(role)]
    except (RedisError, OSError):
        return []


async def _workers(session: AsyncSession, names: list[tuple[str, str]], *, named: bool) -> list[WorkerRead]:
    in_hand: dict[str, list[JobInHand]] = defaultdict(list)
    for job in await session.scalars(select(Job).where(RUNNING).order_by(Job.claimed_at)):
        in_hand[job.worker or ""].append(JobInHand.of(job, named=named))
    return [_worker(role, name, in_hand[name]) for role, name in names]


def _worker(role: str, name: str, jobs: list[JobInHand]) -> WorkerRead:
    """Workers are called host:pid, and more behind a further colon where a host has many."""
    host, _, rest = name.partition(":")
    pid = rest.partition(":")[0]
    return WorkerRead(role=role, name=name, host=host, pid=int(pid) if pid.isdecimal() else None, jobs=jobs)


async def _queue(session: AsyncSession) -> QueueRead:
    open_jobs = {JobStatus(status): count for status, count in await session.execute(OPEN_JOBS)}
    oldest = await session.scalar(select(func.min(Job.created_at)).where(QUEUED))
    failed = await session.scalar(
        select(func.count()).select_from(Job).where(FAILED, Job.finished_at > func.now() - LATELY)
    )
    return QueueRead(
        by_status={status: open_jobs.get(status, 0) for status in (JobStatus.QUEUED, JobStatus.RUNNING)},
        oldest_queued_at=oldest,
        failed_last_day=failed or 0,
    )


async def _storage(session: AsyncSession, folder: Path) -> StorageRead:
    count, size = (
        await session.execute(select(func.count(), func.coalesce(func.sum(Meeting.size), 0)))
    ).one()
    return StorageRead(
        recordings=count, bytes_of_recordings=int(size), disk=await asyncio.to_thread(_disk, folder)
    )


def _disk(folder: Path) -> Disk | None:
    try:
        found = shutil.disk_usage(folder)
    except OSError:
        return None
    return Disk(total=found.total, free=found.free)


async def _uploads(session: AsyncSession) -> int:
    under_way = select(func.count()).select_from(Upload)
    under_way = under_way.where(Upload.state == UploadState.OPEN, Upload.expires_at > func.now())
    return await session.scalar(under_way) or 0
