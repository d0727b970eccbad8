"""The stream of events, followed once for all the clients of this process."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final, Self

import structlog

from scribe.queue import EventFeed, StoredEvent
from scribe.settings import RedisSettings
from scribe_api.events.history import EventHistory
from scribe_api.events.listener import Ending, Listener
from scribe_api.events.schemas import place

CAPACITY: Final = 1_000
"""Events that may wait for one client."""
CANCEL_AGAIN_S: Final = 0.5

log = structlog.get_logger(__name__)


class EventHub:
    """Follows the stream from the first client on, and hands every event to the clients that want it."""

    def __init__(self, feed: EventFeed, history: EventHistory, capacity: int = CAPACITY) -> None:
        self._feed = feed
        self._history = history
        self._capacity = capacity
        self._listeners: set[Listener] = set()
        self._starting = asyncio.Lock()
        self._follower: asyncio.Task[None] | None = None
        self._position = ""
        """The last event that the listeners were offered."""

    @classmethod
    @asynccontextmanager
    async def open(cls, feed: EventFeed, settings: RedisSettings) -> AsyncIterator[Self]:
        """A hub for the block; nothing is asked of Redis before somebody listens."""
        history = EventHistory(settings)
        hub = cls(feed, history)
        try:
            yield hub
        finally:
            await hub.stop()
            await history.close()

    async def newest(self) -> str:
        """The id after which nothing has happened yet. Raises RedisError where Redis does not answer."""
        return await self._feed.newest()

    async def reaches_back_to(self, after: str) -> bool:
        """Whether all that came after the id can still be told. Raises RedisError."""
        return await self._history.reaches_back_to(after)

    async def start(self) -> None:
        """Follow the stream, where that is not being done. Raises RedisError where Redis does not answer."""
        async with self._starting:
            if self._follower is None or self._follower.done():
                self._position = await self._feed.newest()
                self._follower = asyncio.create_task(self._follow(self._position))
                self._follower.add_done_callback(_report)

    @asynccontextmanager
    async def listening(self, after: str, wanted: Callable[[StoredEvent], bool]) -> AsyncIterator[Listener]:
        """A client that is told every wanted event after the id ``after``, each once. Raises RedisError.

        The follower's position divides them: what lies before it is read from the stream, what comes after
        it is offered. A client that was ahead of it, on another server, is not told again.
        """
        await self.start()
        listener = Listener(
            self._history.between(after, self._position),
            lambda stored: place(stored.id) > place(after) and wanted(stored),
            self._capacity,
        )
        self._listeners.add(listener)  # nothing was awaited since the position was read
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    async def stop(self) -> None:
        """End every listener.

        Python 3.11 loses a cancellation that comes just when Redis has been sent a command: asked again.
        """
        while self._follower is not None and not self._follower.done():
            self._follower.cancel()
            await asyncio.wait({self._follower}, timeout=CANCEL_AGAIN_S)

    async def _follow(self, after: str) -> None:
        try:
            async for stored in self._feed.follow(after):
                self._position = stored.id
                for listener in self._listeners:
                    listener.offer(stored)
        finally:
            for listener in self._listeners:
                listener.end(Ending.SOURCE_LOST)


def _report(follower: asyncio.Task[None]) -> None:
    """Say why following ended, unless it was stopped; the clients come back, and it is begun anew."""
    if not follower.cancelled() and (error := follower.exception()):
        log.error("events_follower_died", exc_info=error)
