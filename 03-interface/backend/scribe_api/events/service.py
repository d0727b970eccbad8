"""The events that one person may see."""

import asyncio
from collections.abc import AsyncIterator

import anyio
from redis.exceptions import RedisError

from scribe.queue import EventFeed, StoredEvent
from scribe_api.deps import Principal
from scribe_api.errors import EventsUnavailable


async def starting_point(feed: EventFeed, last_seen: str | None) -> str:
    """The id after which to begin: what the client saw last, or now. Raises EventsUnavailable."""
    if last_seen is not None:
        return last_seen
    try:
        return await feed.newest()
    except (RedisError, OSError) as error:
        raise EventsUnavailable from error


async def visible_events(feed: EventFeed, principal: Principal, after: str) -> AsyncIterator[StoredEvent]:
    """Events about one's own meetings; about all, for administrators."""
    async for stored in feed.follow(after):
        if principal.is_admin or stored.event.owner_id == principal.user.id:
            yield stored


async def until_stopped(
    events: AsyncIterator[StoredEvent], stopping: anyio.Event
) -> AsyncIterator[StoredEvent]:
    """The same events, ended when the process is told to stop, so that clients see a whole response."""
    stop = asyncio.ensure_future(stopping.wait())
    coming: asyncio.Future[StoredEvent] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(anext(events))
            await asyncio.wait({stop, coming}, return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                return
            yield coming.result()
    finally:
        for waiting in (stop, coming):
            if waiting is not None:
                waiting.cancel()
