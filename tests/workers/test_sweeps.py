import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from scribe import deletions
from scribe.db import Database
from scribe.db.models import AuditRecord, Deletion, Job, JobStatus, RefreshSession, Throttle, User
from scribe.queue import QueueName, RedisAnnouncer, Ring
from scribe.queue.presence import Presence
from scribe.settings import DatabaseSettings, RedisSettings, Settings
from scribe.storage import ObjectStore
from scribe_worker.sweeps import Sweeps

pytestmark = pytest.mark.integration
Bench = Any


@pytest.fixture
async def announcer(settings: Settings) -> AsyncIterator[RedisAnnouncer]:
    announcer = RedisAnnouncer(settings.redis)
    yield announcer
    await announcer.close()


@pytest.fixture
async def sweeps(settings: Settings, store: ObjectStore, announcer: RedisAnnouncer) -> AsyncIterator[Sweeps]:
    settings.jobs.ring_after_s = 0
    database, presence = Database(settings.database, announcer), Presence(settings.redis)
    yield Sweeps(settings, database, store, announcer.bell, presence)
    await database.close()
    await presence.close()


async def test_a_job_whose_bell_was_lost_is_rung_for_again(
    bench: Bench, sweeps: Sweeps, announcer: RedisAnnouncer, recording: bytes
) -> None:
    await bench.upload(recording)
    assert await announcer.bell.waiting(QueueName.GPU) == 0
    await sweeps.jobs()
    assert await announcer.bell.waiting(QueueName.GPU) == 1


async def test_a_backlog_is_not_rung_for_over_and_over(
    bench: Bench, sweeps: Sweeps, announcer: RedisAnnouncer, recording: bytes
) -> None:
    await bench.upload(recording)
    await announcer.bell.ring(Ring(QueueName.GPU, uuid.uuid4()))
    await sweeps.jobs()
    assert await announcer.bell.waiting(QueueName.GPU) == 1


async def test_a_retry_that_became_due_is_rung_for_although_others_wait(
    bench: Bench, sweeps: Sweeps, announcer: RedisAnnouncer, recording: bytes
) -> None:
    await bench.upload(recording)
    a_minute = func.make_interval(0, 0, 0, 0, 0, 1)
    async with bench.database.transaction() as session:
        await session.execute(
            update(Job).values(not_before=func.now() - a_minute, rung_at=func.now() - a_minute - a_minute)
        )
    await announcer.bell.ring(Ring(QueueName.GPU, uuid.uuid4()))
    await sweeps.jobs()
    assert await announcer.bell.waiting(QueueName.GPU) == 2


async def test_the_job_of_a_dead_worker_is_queued_again(
    bench: Bench, sweeps: Sweeps, recording: bytes
) -> None:
    meeting_id = await bench.upload(recording)
    async with bench.database.transaction() as session:
        await session.execute(
            update(Job).values(
                status=JobStatus.RUNNING,
                lease_owner="dead",
                attempts=1,
                lease_until=func.now() - func.make_interval(0, 0, 0, 0, 0, 1),
            )
        )
    await sweeps.jobs()
    assert (await bench.job(meeting_id)).status == JobStatus.QUEUED


async def test_objects_that_are_to_go_go_and_no_others(
    sweeps: Sweeps, database: Database, store: ObjectStore
) -> None:
    for key in ("meetings/a/x", "meetings/a/y", "meetings/b/x", "meetings/c/x"):
        await store.put_bytes(key, b"1", content_type="text/plain")
    async with database.transaction() as session:
        await deletions.note(session, "meetings/a/", timedelta(0))
        await deletions.note(session, "meetings/b/", timedelta(hours=1))
    await sweeps.deletions()
    assert [head.key async for head in store.list("meetings/")] == ["meetings/b/x", "meetings/c/x"]
    async with database.transaction() as session:
        assert list(await session.scalars(select(Deletion.prefix))) == ["meetings/b/"]
        assert await deletions.withdraw(session, "meetings/b/")
        assert not await deletions.withdraw(session, "meetings/a/")


async def test_expired_sign_ins_are_forgotten(sweeps: Sweeps, database: Database) -> None:
    async with database.transaction() as session:
        user = User(email="a@example.org", password_hash="-")
        session.add(user)
        await session.flush()
        for name, age in (("old", -1), ("new", 1)):
            session.add(
                RefreshSession(
                    user_id=user.id,
                    family_id=uuid.uuid4(),
                    token_hash=name,
                    expires_at=func.now() + func.make_interval(0, 0, 0, age),
                )
            )
    await sweeps.sessions()
    async with database.transaction() as session:
        assert list(await session.scalars(select(RefreshSession.token_hash))) == ["new"]


async def test_wrong_passwords_that_count_no_longer_are_forgotten(sweeps: Sweeps, database: Database) -> None:
    past = func.now() - timedelta(minutes=25)  # each of them counts for ten minutes
    async with database.transaction() as session:
        for key, failures in (("two", 2), ("three", 3)):
            session.add(Throttle(key=key, failures=failures, counted_at=past, not_before=past))
        session.add(Throttle(key="waits", failures=1, counted_at=past, not_before=func.now() + timedelta(1)))
    await sweeps.sessions()
    async with database.transaction() as session:
        assert set(await session.scalars(select(Throttle.key))) == {"three", "waits"}


async def test_acts_that_were_remembered_long_enough_are_forgotten(
    sweeps: Sweeps, settings: Settings, database: Database
) -> None:
    settings.audit.days = 30
    async with database.transaction() as session:
        for action, days in (("old", 31), ("new", 29)):
            session.add(AuditRecord(action=action, actor="-", at=func.now() - timedelta(days)))
    await sweeps.audit()
    async with database.transaction() as session:
        assert list(await session.scalars(select(AuditRecord.action))) == ["new"]


async def test_a_sweep_outlives_servers_that_are_away(settings: Settings, store: ObjectStore) -> None:
    announcer = RedisAnnouncer(RedisSettings(url="redis://127.0.0.1:1/0"))
    database = Database(DatabaseSettings(url="postgresql+asyncpg://a:b@127.0.0.1:1/c"), announcer)
    presence = Presence(RedisSettings(url="redis://127.0.0.1:1/0"))
    sweeps = Sweeps(settings, database, store, announcer.bell, presence)
    for sweep in (sweeps.jobs, sweeps.deletions, sweeps.retention, sweeps.sessions, sweeps.audit):
        await sweep()
    await sweeps.renew_presence()
    await database.close()
    await announcer.close()
    await presence.close()
