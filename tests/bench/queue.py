"""How soon work begins and how much of it gets done: 10 uploads at once, then 200 queued jobs.

Engines are dummies, so what is measured is the product around them: upload, bell, claim, stages,
publication. ``claim_p95_ms`` is the time from the end of an upload to the claim of its job for uploads that
find an idle worker; in a burst and in the backlog a job of course also waits for those before it.
"""

import asyncio
import time
import uuid

import httpx
import numpy as np
from sqlalchemy import func, select

from bench.measuring.account import BenchAccount, bench_account
from recordings import tone
from scribe import jobs
from scribe.db import Database
from scribe.db.models import Job, JobKind, JobStatus, Meeting, MeetingStatus
from scribe.queue import RedisAnnouncer
from scribe.settings import Settings, get_settings
from scribe.storage import ObjectStore, keys

AT_ONCE = 10
ONE_BY_ONE = 10
BACKLOG = 200
PATIENCE_S = 900
POLL_S = 0.1
GOAL_CLAIM_P95_MS = 1_000
ENGINES = {"transcriber": "dummy", "diariser": "dummy"}


def bench() -> dict[str, float]:
    """The figures by name."""
    return asyncio.run(measure(get_settings()))


def ok(figures: dict[str, float]) -> bool:
    """Everything completed, nothing twice, and an idle worker begins within a second."""
    wanted = AT_ONCE + ONE_BY_ONE + BACKLOG
    return (
        figures["completed"] == wanted
        and figures["done_twice"] == 0
        and figures["claim_p95_ms"] < GOAL_CLAIM_P95_MS
    )


async def measure(settings: Settings) -> dict[str, float]:
    announcer = RedisAnnouncer(settings.redis)
    database = Database(settings.database, announcer)
    try:
        async with bench_account(settings) as account:
            idle = await upload_one_by_one(database, account)
            burst = await upload_at_once(database, account)
            began = time.monotonic()
            backlog = await queue_many(settings, database, account)
            await until_completed(database, backlog)
            seconds = time.monotonic() - began
            every = idle + burst + backlog
            return {
                "claim_p95_ms": await claim_p95_ms(database, idle),
                "claim_of_burst_p95_ms": await claim_p95_ms(database, burst),
                "claim_of_backlog_p95_ms": await claim_p95_ms(database, backlog),
                "jobs_per_second": BACKLOG / seconds,
                "completed": float(await completed(database, every)),
                "done_twice": float(await done_twice(database, every)),
            }
    finally:
        await database.close()
        await announcer.close()


async def upload_one_by_one(database: Database, account: BenchAccount) -> list[uuid.UUID]:
    meetings = []
    async with httpx.AsyncClient(base_url=account.base_url, headers=account.headers, timeout=60) as client:
        for _ in range(ONE_BY_ONE):
            meetings.append(await upload(client))
            await until_completed(database, meetings[-1:])
    return meetings


async def upload_at_once(database: Database, account: BenchAccount) -> list[uuid.UUID]:
    async with httpx.AsyncClient(base_url=account.base_url, headers=account.headers, timeout=60) as client:
        meetings = await asyncio.gather(*(upload(client) for _ in range(AT_ONCE)))
    await until_completed(database, meetings)
    return meetings


async def upload(client: httpx.AsyncClient) -> uuid.UUID:
    answer = await client.post("/meetings", data=ENGINES, files={"file": ("bench.wav", tone(1))})
    answer.raise_for_status()
    return uuid.UUID(answer.json()["id"])


async def queue_many(settings: Settings, database: Database, account: BenchAccount) -> list[uuid.UUID]:
    """Put the recordings into S3 and queue all their jobs, as that many finished uploads do."""
    meetings = [uuid.uuid4() for _ in range(BACKLOG)]
    content = tone(1)
    async with ObjectStore.open(settings.s3) as store:
        for meeting_id in meetings:
            await store.put_bytes(keys.source(meeting_id, "bench.wav"), content, content_type="audio/wav")
    for meeting_id in meetings:
        async with database.transaction() as session:
            meeting = Meeting(
                id=meeting_id,
                project_id=account.project_id,
                title="bench",
                filename="bench.wav",
                source_key=keys.source(meeting_id, "bench.wav"),
                content_type="audio/wav",
                size=len(content),
                options=ENGINES,
            )
            session.add(meeting)
            await session.flush()
            await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)
    return meetings


class MeetingFailed(Exception):
    """A meeting of the bench ended without a transcript, so there is nothing more to measure."""


async def until_completed(database: Database, meetings: list[uuid.UUID]) -> None:
    """Raises MeetingFailed as soon as one has."""
    async with asyncio.timeout(PATIENCE_S):
        while await completed(database, meetings) < len(meetings):
            await require_none_failed(database, meetings)
            await asyncio.sleep(POLL_S)


async def require_none_failed(database: Database, meetings: list[uuid.UUID]) -> None:
    those = Meeting.id.in_(meetings), Meeting.status == MeetingStatus.FAILED
    async with database.transaction() as session:
        failed = await session.scalar(select(Meeting).where(*those).limit(1))
    if failed is not None:
        raise MeetingFailed(f"{failed.id}: {failed.error_code}: {failed.error_message}")


async def completed(database: Database, meetings: list[uuid.UUID]) -> int:
    those = Meeting.id.in_(meetings), Meeting.status == MeetingStatus.COMPLETED
    async with database.transaction() as session:
        return await session.scalar(select(func.count()).select_from(Meeting).where(*those)) or 0


async def done_twice(database: Database, meetings: list[uuid.UUID]) -> int:
    """Meetings with more than one job or attempt."""
    tried = (
        select(Job.meeting_id)
        .where(Job.meeting_id.in_(meetings), Job.status == JobStatus.DONE)
        .group_by(Job.meeting_id)
        .having((func.count() > 1) | (func.max(Job.attempts) > 1))
    )
    async with database.transaction() as session:
        return len(list(await session.scalars(tried)))


async def claim_p95_ms(database: Database, meetings: list[uuid.UUID]) -> float:
    """95th percentile of the time from the end of the upload's transaction to the claim, in milliseconds."""
    waits = select(func.extract("epoch", Job.claimed_at - Job.created_at)).where(Job.meeting_id.in_(meetings))
    async with database.transaction() as session:
        seconds = [float(wait) for wait in await session.scalars(waits)]
    return float(np.percentile(seconds, 95) * 1000)
