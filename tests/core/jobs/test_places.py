"""How many jobs of a project or a person run at once, and how those that wait get their turn."""

import asyncio
import uuid
from collections.abc import Sequence

import pytest
from sqlalchemy import select, text, update

from scribe import jobs
from scribe.db import Database
from scribe.db.models import Job, JobKind, JobStatus, Meeting, MeetingStatus, Project, User
from scribe.db.session import Outgoing
from scribe.jobs import WAITING, Lease
from scribe.projects import personal_project
from scribe.queue import Ring
from scribe.settings import JobSettings, Settings

pytestmark = pytest.mark.integration
LIMITS = JobSettings(lease_s=30, heartbeat_s=5, ring_after_s=0)


async def make_user(database: Database) -> uuid.UUID:
    async with database.transaction() as session:
        user = User(email=f"{uuid.uuid4().hex}@example.org", password_hash="-")
        session.add(user)
        await session.flush()
        await personal_project(session, user)
    return user.id


async def queue_job(database: Database, user_id: uuid.UUID, project_id: uuid.UUID | None = None) -> uuid.UUID:
    """A meeting of the person in the project, the personal one unless told, with its job."""
    async with database.transaction() as session:
        user = await session.get_one(User, user_id)
        meeting = Meeting(
            project_id=project_id or (await personal_project(session, user)).id,
            created_by=user_id,
            title="Weekly",
            filename="weekly.wav",
            source_key="k",
            content_type="audio/wav",
            size=1,
        )
        session.add(meeting)
        await session.flush()
        return (await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)).id


async def shared_project(database: Database, max_jobs: int | None = None) -> uuid.UUID:
    async with database.transaction() as session:
        project = Project(name="Council", max_jobs=max_jobs)
        session.add(project)
        await session.flush()
        return project.id


async def claim(database: Database, job_id: uuid.UUID, max_jobs: int | None = None) -> Lease | None:
    async with database.transaction() as session:
        return await jobs.claim(session, job_id, worker="w", settings=LIMITS, max_jobs=max_jobs)


async def statuses(database: Database) -> dict[uuid.UUID, tuple[str, str | None]]:
    async with database.transaction() as session:
        return {job.id: (job.status, job.stage) for job in await session.scalars(select(Job))}


async def test_a_job_beyond_the_projects_places_stays_queued_and_says_so(database: Database) -> None:
    ada, project = await make_user(database), await shared_project(database, max_jobs=1)
    first, second = [await queue_job(database, ada, project) for _ in range(2)]
    assert await claim(database, first) is not None
    assert await claim(database, second) is None
    assert (await statuses(database))[second] == (JobStatus.QUEUED, WAITING)
    async with database.transaction() as session:
        waiting = select(Meeting.status).join(Job, Job.meeting_id == Meeting.id).where(Job.id == second)
        assert await session.scalar(waiting) == MeetingStatus.PENDING


async def test_other_projects_and_other_people_are_not_held_up(database: Database) -> None:
    ada, bob = await make_user(database), await make_user(database)
    project = await shared_project(database, max_jobs=1)
    assert await claim(database, await queue_job(database, ada, project)) is not None
    assert await claim(database, await queue_job(database, bob, project)) is None
    assert await claim(database, await queue_job(database, bob)) is not None


async def test_a_persons_places_count_over_all_projects(database: Database) -> None:
    ada = await make_user(database)
    async with database.transaction() as session:
        await session.execute(update(User).values(max_jobs=2))
    taken = [
        await claim(database, await queue_job(database, ada, await shared_project(database)))
        for _ in range(3)
    ]
    assert [lease is not None for lease in taken] == [True, True, False]


async def test_where_nothing_is_set_the_instances_number_holds(database: Database) -> None:
    ada = await make_user(database)
    roomy = await shared_project(database, max_jobs=5)
    assert await claim(database, await queue_job(database, ada, roomy), max_jobs=1) is not None
    assert await claim(database, await queue_job(database, ada, roomy), max_jobs=1) is None
    assert await claim(database, await queue_job(database, ada, roomy)) is not None


async def test_of_ten_claims_at_once_as_many_succeed_as_there_are_places(database: Database) -> None:
    people = [await make_user(database) for _ in range(10)]
    project = await shared_project(database, max_jobs=3)
    queued = [await queue_job(database, person, project) for person in people]
    taken = await asyncio.gather(*(claim(database, job_id) for job_id in queued))
    assert sum(lease is not None for lease in taken) == 3


class Heard:
    """Keeps the bells that were rung."""

    def __init__(self) -> None:
        self.rung: list[uuid.UUID] = []

    async def announce(self, messages: Sequence[Outgoing]) -> None:
        self.rung += [message.job_id for message in messages if isinstance(message, Ring)]


async def test_a_place_that_is_freed_is_rung_for_and_taken(database: Database, settings: Settings) -> None:
    ada, project = await make_user(database), await shared_project(database, max_jobs=1)
    first, second, third = [await queue_job(database, ada, project) for _ in range(3)]
    lease = await claim(database, first)
    assert lease is not None
    assert await claim(database, second) is None  # the third's bell was not heard yet
    async with database.transaction() as session:
        await jobs.finish(session, lease)
    heard = Heard()
    ringing = Database(settings.database, heard)
    async with ringing.transaction() as session:
        await jobs.ring_waiting(session, lease.project_id, lease.created_by)
    await ringing.close()
    assert heard.rung == [second]
    assert await claim(database, second) is not None
    assert await claim(database, third) is None
    assert (await statuses(database))[second] == (JobStatus.RUNNING, None)


async def blocked(database: Database) -> None:
    """Wait until somebody waits for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    async with asyncio.timeout(15):
        while True:
            async with database.transaction() as session:
                if await session.scalar(waiting):
                    return
            await asyncio.sleep(0.02)


async def test_a_job_passed_over_while_the_last_one_ends_is_rung_for(
    database: Database, settings: Settings
) -> None:
    ada, project = await make_user(database), await shared_project(database, max_jobs=1)
    first, second = [await queue_job(database, ada, project) for _ in range(2)]
    lease = await claim(database, first)
    assert lease is not None
    heard = Heard()
    ringing = Database(settings.database, heard)

    async def ring() -> None:
        async with ringing.transaction() as session:
            await jobs.ring_waiting(session, lease.project_id, lease.created_by)

    async with database.transaction() as session:
        assert await jobs.claim(session, second, worker="w", settings=LIMITS) is None
        async with database.transaction() as ending:
            await jobs.finish(ending, lease)
        bell = asyncio.create_task(ring())
        await blocked(database)
        assert not bell.done()  # it waits for the mark that is not committed yet
    await bell
    await ringing.close()
    assert heard.rung == [second]
