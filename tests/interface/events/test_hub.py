"""One follower for all clients: each hears every event once, whenever it comes and however slow it is."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import pytest
from redis.asyncio import Redis

from scribe.queue import AccessChanged, EventFeed, MeetingDeleted, StoredEvent
from scribe.queue.events import STREAM
from scribe.settings import RedisSettings, Settings
from scribe_api.events.history import EventHistory
from scribe_api.events.hub import EventHub
from scribe_api.events.listener import Ending, Listener

pytestmark = pytest.mark.integration

BEGINNING = "0-0"


class CountedFeed(EventFeed):
    """A feed that knows how often it was followed, and whose followers can be held back."""

    def __init__(self, settings: RedisSettings) -> None:
        super().__init__(settings)
        self.followed = 0
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.broken = False

    async def follow(self, after: str) -> AsyncIterator[StoredEvent]:
        self.followed += 1
        async for stored in super().follow(after):
            await self.flowing.wait()
            if self.broken:
                raise RuntimeError("the feed breaks as ordered")
            yield stored


@pytest.fixture
async def feed(settings: Settings) -> AsyncIterator[CountedFeed]:
    feed = CountedFeed(settings.redis)
    yield feed
    await feed.close()


@pytest.fixture
async def hub(feed: CountedFeed, settings: Settings) -> AsyncIterator[EventHub]:
    async with EventHub.open(feed, settings.redis) as hub:
        yield hub


def everything(_: StoredEvent) -> bool:
    return True


async def publish(feed: EventFeed, count: int) -> list[uuid.UUID]:
    meetings = [uuid.uuid4() for _ in range(count)]
    for meeting_id in meetings:
        await feed.publish(MeetingDeleted(meeting_id=meeting_id, project_id=uuid.uuid4()))
    return meetings


async def hear(listener: Listener, count: int) -> list[StoredEvent]:
    heard: list[StoredEvent] = []
    async with asyncio.timeout(10), aclosing(aiter(listener)) as events:  # type: ignore[type-var]
        async for stored in events:
            heard.append(stored)
            if len(heard) == count:
                break
    return heard


def meetings_of(heard: list[StoredEvent]) -> list[uuid.UUID]:
    return [stored.event.meeting_id for stored in heard if not isinstance(stored.event, AccessChanged)]


async def test_many_clients_are_one_follower(hub: EventHub, feed: CountedFeed) -> None:
    start = await hub.newest()
    async with (
        hub.listening(start, everything) as one,
        hub.listening(start, everything) as two,
        hub.listening(start, everything) as three,
    ):
        told = await publish(feed, 2)
        for listener in (one, two, three):
            assert meetings_of(await hear(listener, 2)) == told
    assert feed.followed == 1


async def test_who_comes_back_hears_what_it_missed_and_what_comes_each_once(
    hub: EventHub, feed: CountedFeed
) -> None:
    told = await publish(feed, 3)
    async with hub.listening(BEGINNING, everything) as first:
        told += await publish(feed, 3)
        heard = await hear(first, 6)
    assert meetings_of(heard) == told
    async with hub.listening(heard[1].id, everything) as back:
        told += await publish(feed, 1)
        assert meetings_of(await hear(back, 5)) == told[2:]


async def test_joining_while_events_pour_in_leaves_no_gap_and_repeats_nothing(
    hub: EventHub, feed: CountedFeed
) -> None:
    await hub.start()
    pouring = asyncio.create_task(publish(feed, 200))
    heard: list[StoredEvent] = []
    for _ in range(5):
        async with hub.listening(heard[-1].id if heard else BEGINNING, everything) as listener:
            heard += await hear(listener, 40)
    assert meetings_of(heard) == await pouring


async def test_a_client_that_was_ahead_on_another_server_is_not_told_again(
    hub: EventHub, feed: CountedFeed
) -> None:
    await hub.start()
    feed.flowing.clear()
    await publish(feed, 3)
    ahead = await feed.newest()
    async with hub.listening(ahead, everything) as listener:
        feed.flowing.set()
        told = await publish(feed, 1)
        assert meetings_of(await hear(listener, 1)) == told


async def test_a_history_of_several_pages_is_read_to_its_end(
    hub: EventHub, feed: CountedFeed, settings: Settings
) -> None:
    told = await publish(feed, 1001)
    history = EventHistory(settings.redis)
    read = [stored async for stored in history.between(BEGINNING, await hub.newest())]
    await history.close()
    assert meetings_of(read) == told


async def test_a_client_that_is_too_slow_is_ended_and_resumes_where_it_was(
    feed: CountedFeed, settings: Settings
) -> None:
    history = EventHistory(settings.redis)
    hub = EventHub(feed, history, capacity=3)
    start = await hub.newest()
    async with hub.listening(start, everything) as quick, hub.listening(start, everything) as slow:
        told = await publish(feed, 3)
        first = (await hear(slow, 1))[-1]
        assert meetings_of(await hear(quick, 3)) == told
        for _ in range(2):
            told += await publish(feed, 1)
            await hear(quick, 1)
        assert await hear(slow, 10) == []
    async with hub.listening(first.id, everything) as back:
        assert meetings_of(await hear(back, 4)) == told[1:]
    await hub.stop()
    await history.close()


async def test_other_peoples_events_make_nobody_slow(feed: CountedFeed, settings: Settings) -> None:
    history = EventHistory(settings.redis)
    hub = EventHub(feed, history, capacity=1)
    async with (
        hub.listening(await hub.newest(), everything) as all_of_them,
        hub.listening(await hub.newest(), lambda stored: mine in meetings_of([stored])) as own,
    ):
        mine = uuid.uuid4()
        for _ in range(3):
            await publish(feed, 1)
            await hear(all_of_them, 1)
        await feed.publish(MeetingDeleted(meeting_id=mine, project_id=uuid.uuid4()))
        assert meetings_of(await hear(own, 1)) == [mine]
    await hub.stop()
    await history.close()


async def test_an_event_of_another_version_is_passed_over(
    hub: EventHub, feed: CountedFeed, redis: Redis
) -> None:
    start = await hub.newest()
    unreadable: tuple[dict[Any, Any], ...] = (
        {"event": '{"type":"of another version"}'},
        {"event": "not JSON"},
        {"other": "field"},
    )
    async with hub.listening(start, everything) as listener:
        for entry in unreadable:
            await redis.xadd(STREAM, entry)
        told = await publish(feed, 1)
        assert meetings_of(await hear(listener, 1)) == told
    async with hub.listening(start, everything) as back:
        assert meetings_of(await hear(back, 1)) == told
    assert feed.followed == 1


async def test_a_follower_that_dies_ends_its_clients_and_the_next_one_starts_another(
    hub: EventHub, feed: CountedFeed
) -> None:
    start = await hub.newest()
    async with hub.listening(start, everything) as listener:
        feed.broken = True
        await publish(feed, 1)
        assert await hear(listener, 1) == []
        assert listener.ending is Ending.SOURCE_LOST
    feed.broken = False
    after = await hub.newest()
    async with hub.listening(after, everything) as listener:
        told = await publish(feed, 1)
        assert meetings_of(await hear(listener, 1)) == told
    assert feed.followed == 2
