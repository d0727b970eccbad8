"""A worker whose job ends gives the place to a job that was passed over."""

import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import update

from scribe import jobs
from scribe.db import Database
from scribe.db.models import Job, Meeting, Project
from scribe.db.session import Outgoing
from scribe.jobs import Lease
from scribe.queue import Ring
from scribe.queue.presence import Presence
from scribe.settings import Settings
from scribe_worker.worker import Worker

pytestmark = pytest.mark.integration
Bench = Any


class Heard:
    """Keeps the bells that were rung."""

    def __init__(self) -> None:
        self.rung: list[uuid.UUID] = []

    async def announce(self, messages: Sequence[Outgoing]) -> None:
        self.rung += [message.job_id for message in messages if isinstance(message, Ring)]


async def test_the_end_of_a_job_rings_for_one_that_waits(
    bench: Bench, settings: Settings, recording: bytes
) -> None:
    first, second = [await bench.job(await bench.upload(recording)) for _ in range(2)]
    async with bench.database.transaction() as session:
        shared = (await bench.meeting(first.meeting_id)).project_id
        await session.execute(update(Project).values(max_jobs=1))
        second_meeting = await session.get_one(Meeting, second.meeting_id)
        second_meeting.project_id = shared
    heard = Heard()
    database, presence = Database(settings.database, heard), Presence(settings.redis)

    async def perform(lease: Lease) -> None:
        await worker.run_job(str(second.id))  # passed over: this one has the only place
        async with database.transaction() as session:
            await jobs.finish(session, lease)

    worker = Worker("gpu", "tester", database, presence, settings.jobs, perform)
    await worker.run_job(str(first.id))
    assert heard.rung == [second.id]
    await worker.run_job(str(second.id))
    await worker.stop()
    await database.close()
    await presence.close()
    async with bench.database.transaction() as session:
        assert (await session.get_one(Job, second.id)).status == "DONE"


async def test_the_instances_number_of_jobs_holds_for_a_person(
    bench: Bench, settings: Settings, recording: bytes
) -> None:
    first, second = [await bench.job(await bench.upload(recording)) for _ in range(2)]
    async with bench.database.transaction() as session:
        creator = (await bench.meeting(first.meeting_id)).created_by
        meeting = await session.get_one(Meeting, second.meeting_id)
        meeting.created_by = creator
    database, presence = Database(settings.database), Presence(settings.redis)
    begun: list[uuid.UUID] = []

    async def perform(lease: Lease) -> None:
        begun.append(lease.job_id)
        if lease.job_id == first.id:
            await worker.run_job(str(second.id))
        async with database.transaction() as session:
            await jobs.finish(session, lease)

    worker = Worker("gpu", "tester", database, presence, settings.jobs, perform, max_jobs=1)
    await worker.run_job(str(first.id))
    await worker.stop()
    await database.close()
    await presence.close()
    assert begun == [first.id]
