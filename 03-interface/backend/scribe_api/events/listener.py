"""One client's place at the hub: what it has still to be told, up to a limit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from enum import StrEnum

import structlog

from scribe.queue import StoredEvent

log = structlog.get_logger(__name__)


class Ending(StrEnum):
    """Why a client is told nothing more."""

    SIGNED_OUT = "signed_out"
    TOO_SLOW = "too_slow"
    SOURCE_LOST = "source_lost"
    STOPPING = "stopping"


class Listener:
    """Yields the wanted events: those that the client missed, then those that the hub offers.

    Ends when ``end`` is called, or when more than ``capacity`` events wait because the client reads too
    slowly; it has missed nothing if it comes back with the last id that it saw. ``ending`` says why.
    """

    def __init__(
        self, missed: AsyncIterator[StoredEvent], wanted: Callable[[StoredEvent], bool], capacity: int
    ) -> None:
        self._missed = missed
        self._wanted = wanted
        self._waiting: asyncio.Queue[StoredEvent | None] = asyncio.Queue(capacity)
        self.ending: Ending | None = None

    def offer(self, stored: StoredEvent) -> None:
        """Keep the event for the client, if it wants it."""
        if self.ending is not None or not self._wanted(stored):
            return
        if self._waiting.full():
            log.info("listener_too_slow", waiting=self._waiting.qsize())
            self.end(Ending.TOO_SLOW)
        else:
            self._waiting.put_nowait(stored)

    def end(self, ending: Ending) -> None:
        """Tell the client nothing more, not even what waits; of several reasons, the first counts."""
        self.ending = self.ending or ending
        while not self._waiting.empty():
            self._waiting.get_nowait()
        self._waiting.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[StoredEvent]:
        """Raises RedisError where what was missed cannot be read."""
        async for stored in self._missed:
            if self.ending is not None:
                return
            if self._wanted(stored):
                yield stored
        while (offered := await self._waiting.get()) is not None:
            yield offered
