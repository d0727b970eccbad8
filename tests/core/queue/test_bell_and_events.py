import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator

import pytest

from scribe.db import Database, announce_after_commit
from scribe.queue import Bell, EventFeed, MeetingChanged, QueueName, RedisAnnouncer, Ring
from scribe.queue.bell import broker_for
from scribe.queue.presence import Presence
from scribe.settings import RedisSettings, Settings

pytestmark = pytest.mark.integration


@pytest.fixture
async def bell(settings: Settings) -> AsyncIterator[Bell]:
    bell = Bell(settings.redis)
    yield bell
    await bell.close()


@pytest.fixture
async def feed(settings: Settings) -> AsyncIterator[EventFeed]:
    feed = EventFeed(settings.redis)
    yield feed
    await feed.close()


def changed(progress: float) -> MeetingChanged:
    return MeetingChanged(
        meeting_id=uuid.uuid4(),
        project_id=uuid.uuid4(),
        status="PROCESSING",
        stage="convert",
        progress=progress,
    )


async def follow(feed: EventFeed, after: str, count: int) -> list[float | None]:
    seen = []
    async with asyncio.timeout(10):
        async for stored in feed.follow(after):
            assert isinstance(stored.event, MeetingChanged)
            seen.append(stored.event.progress)
            if len(seen) == count:
                break
    return seen


async def test_a_bell_carries_the_job_id_and_nothing_else(settings: Settings, bell: Bell) -> None:
    job_id = uuid.uuid4()
    await bell.ring(Ring(QueueName.GPU, job_id))
    assert await bell.waiting(QueueName.GPU) == 1
    assert await bell.waiting(QueueName.ENRICHMENT) == 0
    broker = broker_for(settings.redis, QueueName.GPU)
    raw = await anext(broker.listen())
    message = broker.formatter.loads(raw)
    assert (message.args, message.kwargs) == ([str(job_id)], {})
    await broker.shutdown()


async def test_nothing_is_announced_for_a_transaction_that_is_rolled_back(
    settings: Settings, bell: Bell
) -> None:
    announcer = RedisAnnouncer(settings.redis)
    database = Database(settings.database, announcer)
    with contextlib.suppress(ZeroDivisionError):
        async with database.transaction() as session:
            announce_after_commit(session, Ring(QueueName.GPU, uuid.uuid4()))
            raise ZeroDivisionError
    assert await bell.waiting(QueueName.GPU) == 0
    async with database.transaction() as session:
        announce_after_commit(session, Ring(QueueName.GPU, uuid.uuid4()))
        assert await bell.waiting(QueueName.GPU) == 0
    assert await bell.waiting(QueueName.GPU) == 1
    await database.close()
    await announcer.close()


async def test_a_committed_transaction_stands_although_redis_is_away(settings: Settings) -> None:
    announcer = RedisAnnouncer(RedisSettings(url="redis://127.0.0.1:1/0"))
    database = Database(settings.database, announcer)
    async with database.transaction() as session:
        announce_after_commit(session, Ring(QueueName.GPU, uuid.uuid4()))
    await database.close()
    await announcer.close()


async def test_who_comes_back_with_the_last_id_misses_nothing(feed: EventFeed) -> None:
    start = await feed.newest()
    for progress in (0.1, 0.2, 0.3):
        await feed.publish(changed(progress))
    assert await follow(feed, start, 3) == [0.1, 0.2, 0.3]


async def test_events_are_heard_while_they_happen(feed: EventFeed) -> None:
    listening = asyncio.create_task(follow(feed, await feed.newest(), 2))
    await feed.publish(changed(0.5))
    await feed.publish(changed(0.6))
    assert await listening == [0.5, 0.6]


async def test_a_worker_is_listed_until_it_leaves(settings: Settings) -> None:
    presence = Presence(settings.redis)
    await presence.renew("gpu", "one")
    assert await presence.alive("gpu") == ["one"]
    await presence.leave("gpu", "one")
    assert await presence.alive("gpu") == []
    await presence.close()


async def test_a_redis_that_accepts_and_never_answers_holds_up_no_transaction(settings: Settings) -> None:
    async def stay_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    silent = await asyncio.start_server(stay_silent, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1]
    announcer = RedisAnnouncer(RedisSettings(url=f"redis://127.0.0.1:{port}/0"))
    database = Database(settings.database, announcer)
    async with asyncio.timeout(15):
        async with database.transaction() as session:
            announce_after_commit(session, Ring(QueueName.GPU, uuid.uuid4()))
        async with database.transaction() as session:
            announce_after_commit(session, changed(0.5))
    await database.close()
    await announcer.close()
    silent.close()
