"""Any order of claims, crashes, sweeps, results and cancellations keeps the machine's promises."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scribe import jobs
from scribe.db import Database
from scribe.db.models import Job, JobKind, JobStatus, Meeting, MeetingStatus, User
from scribe.errors import DatabaseUnavailable, ScribeError
from scribe.jobs import JobLost, Lease
from scribe.projects import personal_project
from scribe.settings import JobSettings, Settings

pytestmark = pytest.mark.integration
LIMITS = JobSettings(
    lease_s=60, heartbeat_s=5, max_attempts=3, retry_delay_s=0, outage_delay_s=0, ring_after_s=0
)
MEETING_OF_JOB = {
    JobStatus.QUEUED: MeetingStatus.PENDING,
    JobStatus.RUNNING: MeetingStatus.PROCESSING,
    JobStatus.DONE: MeetingStatus.COMPLETED,
    JobStatus.FAILED: MeetingStatus.FAILED,
    JobStatus.CANCELLED: MeetingStatus.CANCELLED,
}
Result = TypeVar("Result")


class JobMachine(RuleBasedStateMachine):
    """One meeting; any number of workers that may be slow, dead or late."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.database = Database(settings.database)
        self.meeting_id = self.run(self.add_meeting)
        self.valid: Lease | None = None
        self.stale: list[Lease] = []
        self.finished = 0
        self.enqueue()

    def run(self, work: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
        async def in_transaction() -> Result:
            async with self.database.transaction() as session:
                return await work(session)

        return self.runner.run(in_transaction())

    async def add_meeting(self, session: AsyncSession) -> uuid.UUID:
        user = User(email=f"{uuid.uuid4().hex}@example.org", password_hash="-")
        session.add(user)
        await session.flush()
        meeting = Meeting(
            project_id=(await personal_project(session, user)).id,
            title="t",
            filename="f",
            source_key="k",
            content_type="audio/wav",
            size=1,
        )
        session.add(meeting)
        await session.flush()
        return meeting.id

    async def newest_job(self, session: AsyncSession) -> Job:
        newest = select(Job).where(Job.meeting_id == self.meeting_id).order_by(Job.created_at.desc())
        job = (await session.scalars(newest)).first()
        assert job is not None
        return job

    def is_open(self) -> bool:
        return self.run(self.newest_job).status in (JobStatus.QUEUED, JobStatus.RUNNING)

    def enqueue(self) -> None:
        async def work(session: AsyncSession) -> None:
            meeting = await session.get_one(Meeting, self.meeting_id)
            self.job_id = (await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)).id

        self.run(work)

    def let_go(self) -> None:
        if self.valid is not None:
            self.stale.append(self.valid)
            self.valid = None

    @precondition(lambda self: not self.is_open())
    @rule()
    def retry(self) -> None:
        self.enqueue()

    @rule()
    def hear_the_bell(self) -> None:
        lease = self.run(lambda session: jobs.claim(session, self.job_id, worker="w", settings=LIMITS))
        if lease is not None:
            assert self.valid is None, "two workers hold the same job"
            self.valid = lease

    @rule()
    def lose_the_worker_and_sweep(self) -> None:
        past = func.now() - func.make_interval(0, 0, 0, 0, 0, 1)
        self.run(
            lambda session: session.execute(
                update(Job).where(Job.id == self.job_id, Job.status == "RUNNING").values(lease_until=past)
            )
        )
        self.run(lambda session: jobs.sweep_expired_leases(session, LIMITS))
        self.let_go()

    @rule()
    def sweep_in_vain(self) -> None:
        self.run(lambda session: jobs.sweep_expired_leases(session, LIMITS))

    @precondition(lambda self: self.valid is not None)
    @rule()
    def finish(self) -> None:
        lease = self.valid
        assert lease is not None
        self.run(lambda session: jobs.finish(session, lease))
        self.finished += 1
        self.let_go()

    @precondition(lambda self: self.valid is not None)
    @rule(error=st.sampled_from([ScribeError(), DatabaseUnavailable()]))
    def fail(self, error: ScribeError) -> None:
        lease = self.valid
        assert lease is not None
        self.run(lambda session: jobs.fail(session, lease, error, LIMITS))
        self.let_go()

    @precondition(lambda self: self.valid is not None)
    @rule()
    def give_back(self) -> None:
        lease = self.valid
        assert lease is not None
        self.run(lambda session: jobs.release(session, lease))
        self.let_go()

    @precondition(lambda self: self.is_open())
    @rule()
    def cancel(self) -> None:
        async def work(session: AsyncSession) -> None:
            await jobs.cancel(session, await session.get_one(Meeting, self.meeting_id))

        self.run(work)
        self.let_go()

    @precondition(lambda self: self.stale)
    @rule(data=st.data())
    def write_with_a_stale_lease(self, data: st.DataObject) -> None:
        lease = data.draw(st.sampled_from(self.stale))
        with pytest.raises(JobLost):
            self.run(lambda session: jobs.finish(session, lease))
        assert not self.run(lambda session: jobs.heartbeat(session, lease, LIMITS))

    @invariant()
    def the_row_tells_the_truth(self) -> None:
        async def work(session: AsyncSession) -> tuple[Job, Meeting, list[Job]]:
            meeting = await session.get_one(Meeting, self.meeting_id)
            every = list(await session.scalars(select(Job).where(Job.meeting_id == self.meeting_id)))
            return await self.newest_job(session), meeting, every

        job, meeting, every = self.run(work)
        assert (job.status == JobStatus.RUNNING) == (self.valid is not None)
        assert job.lease_owner == (self.valid.owner if self.valid else None)
        assert meeting.status == MEETING_OF_JOB[job.status]
        assert 0 <= job.attempts <= LIMITS.max_attempts
        assert sum(each.status == JobStatus.DONE for each in every) == self.finished
        assert sum(each.status in ("QUEUED", "RUNNING") for each in every) <= 1

    def teardown(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()


def test_no_order_of_events_breaks_the_promises_of_a_job(settings: Settings) -> None:
    run_state_machine_as_test(
        partial(JobMachine, settings),  # type: ignore[arg-type]  # any factory will do
        settings=hypothesis_settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
