import asyncio
import uuid

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from scribe import jobs
from scribe.db import Database
from scribe.db.models import Job, JobKind, JobStatus, Meeting, MeetingStatus
from scribe.errors import DatabaseUnavailable, ScribeError
from scribe.jobs import JobLost, Lease
from scribe.settings import JobSettings

pytestmark = pytest.mark.integration
LIMITS = JobSettings(
    lease_s=30, heartbeat_s=5, max_attempts=3, retry_delay_s=0, outage_delay_s=0, ring_after_s=0
)


class BrokenRecording(ScribeError):
    code = "BROKEN_RECORDING"
    message = "The recording is broken."
    permanent = True


async def enqueue(database: Database, meeting_id: uuid.UUID) -> uuid.UUID:
    async with database.transaction() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        return (await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)).id


async def claim(database: Database, job_id: uuid.UUID, worker: str = "w") -> Lease | None:
    async with database.transaction() as session:
        return await jobs.claim(session, job_id, worker=worker, settings=LIMITS)


async def claim_new(database: Database, meeting_id: uuid.UUID) -> Lease:
    lease = await claim(database, await enqueue(database, meeting_id))
    assert lease is not None
    return lease


async def fail(database: Database, lease: Lease, error: ScribeError) -> JobStatus:
    async with database.transaction() as session:
        return await jobs.fail(session, lease, error, LIMITS)


async def let_the_lease_run_out(database: Database) -> int:
    async with database.transaction() as session:
        await session.execute(
            update(Job).values(lease_until=func.now() - func.make_interval(0, 0, 0, 0, 0, 1))
        )
    async with database.transaction() as session:
        return await jobs.sweep_expired_leases(session, LIMITS)


async def job_of(database: Database, meeting_id: uuid.UUID) -> tuple[Job, Meeting]:
    async with database.transaction() as session:
        job = (
            await session.scalars(
                select(Job).where(Job.meeting_id == meeting_id).order_by(Job.created_at.desc())
            )
        ).first()
        assert job is not None
        return job, await session.get_one(Meeting, meeting_id)


async def test_of_ten_workers_that_hear_the_same_bell_one_gets_the_job(
    database: Database, meeting_id: uuid.UUID
) -> None:
    job_id = await enqueue(database, meeting_id)
    leases = await asyncio.gather(*(claim(database, job_id, f"w{n}") for n in range(10)))
    assert sum(lease is not None for lease in leases) == 1
    job, meeting = await job_of(database, meeting_id)
    assert (job.status, job.attempts, meeting.status) == (JobStatus.RUNNING, 1, MeetingStatus.PROCESSING)


async def test_finishing_completes_the_meeting_once(database: Database, meeting_id: uuid.UUID) -> None:
    lease = await claim_new(database, meeting_id)
    async with database.transaction() as session:
        await jobs.finish(session, lease)
    job, meeting = await job_of(database, meeting_id)
    assert (job.status, meeting.status) == (JobStatus.DONE, MeetingStatus.COMPLETED)
    with pytest.raises(JobLost):
        async with database.transaction() as session:
            await jobs.finish(session, lease)


async def test_a_worker_that_lost_its_lease_cannot_write_its_result(
    database: Database, meeting_id: uuid.UUID
) -> None:
    slow = await claim_new(database, meeting_id)
    assert await let_the_lease_run_out(database) == 1
    fast = await claim(database, slow.job_id, "other")
    assert fast is not None
    for write in (jobs.finish, jobs.release):
        with pytest.raises(JobLost):
            async with database.transaction() as session:
                await write(session, slow)
    async with database.transaction() as session:
        assert not await jobs.heartbeat(session, slow, LIMITS)
        assert await jobs.heartbeat(session, fast, LIMITS)
        assert await jobs.still_held(session, {slow, fast}) == {fast}


async def test_a_job_that_kills_every_worker_fails_after_its_last_attempt(
    database: Database, meeting_id: uuid.UUID
) -> None:
    job_id = await enqueue(database, meeting_id)
    for _ in range(LIMITS.max_attempts):
        assert await claim(database, job_id) is not None
        await let_the_lease_run_out(database)
    job, meeting = await job_of(database, meeting_id)
    assert (job.status, job.error_code, meeting.error_code) == (
        JobStatus.FAILED,
        "WORKER_LOST",
        "WORKER_LOST",
    )
    assert meeting.error_message is not None
    assert "3 times" in meeting.error_message


async def test_a_permanent_error_ends_the_job_at_once(database: Database, meeting_id: uuid.UUID) -> None:
    lease = await claim_new(database, meeting_id)
    assert await fail(database, lease, BrokenRecording()) is JobStatus.FAILED
    _, meeting = await job_of(database, meeting_id)
    assert (meeting.status, meeting.error_code) == (MeetingStatus.FAILED, "BROKEN_RECORDING")


async def test_a_passing_error_is_tried_again_until_the_attempts_are_used_up(
    database: Database, meeting_id: uuid.UUID
) -> None:
    job_id = await enqueue(database, meeting_id)
    outcomes = []
    for _ in range(LIMITS.max_attempts):
        lease = await claim(database, job_id)
        assert lease is not None
        outcomes.append(await fail(database, lease, ScribeError()))
    assert outcomes == [JobStatus.QUEUED, JobStatus.QUEUED, JobStatus.FAILED]


async def test_an_outage_of_ours_uses_up_no_attempt(database: Database, meeting_id: uuid.UUID) -> None:
    job_id = await enqueue(database, meeting_id)
    for _ in range(LIMITS.max_attempts * 2):
        lease = await claim(database, job_id)
        assert lease is not None
        assert await fail(database, lease, DatabaseUnavailable()) is JobStatus.QUEUED
    job, _ = await job_of(database, meeting_id)
    assert job.attempts == 0


async def test_a_cancelled_job_is_taken_from_its_worker(database: Database, meeting_id: uuid.UUID) -> None:
    lease = await claim_new(database, meeting_id)
    async with database.transaction() as session:
        await jobs.cancel(session, await session.get_one(Meeting, meeting_id))
    async with database.transaction() as session:
        assert await jobs.still_held(session, {lease}) == set()
    _, meeting = await job_of(database, meeting_id)
    assert meeting.status == MeetingStatus.CANCELLED


async def test_a_job_given_back_can_be_claimed_at_once_and_counts_no_attempt(
    database: Database, meeting_id: uuid.UUID
) -> None:
    lease = await claim_new(database, meeting_id)
    async with database.transaction() as session:
        await jobs.release(session, lease)
    again = await claim(database, lease.job_id)
    assert again is not None
    assert again.attempt == 1


async def test_a_job_that_is_not_due_is_not_to_be_had(database: Database, meeting_id: uuid.UUID) -> None:
    job_id = await enqueue(database, meeting_id)
    async with database.transaction() as session:
        later = func.now() + func.make_interval(0, 0, 0, 0, 1)
        await session.execute(update(Job).values(not_before=later))
    assert await claim(database, job_id) is None


async def test_a_meeting_has_one_open_job_however_often_it_is_queued(
    database: Database, meeting_id: uuid.UUID
) -> None:
    await enqueue(database, meeting_id)
    with pytest.raises(IntegrityError):
        await enqueue(database, meeting_id)
