"""Sends what transactions collected: bells to the workers, events to whoever watches."""

import asyncio
from collections.abc import Sequence

import structlog
from redis.exceptions import RedisError
from taskiq.exceptions import SendTaskError

from scribe.db import Outgoing
from scribe.queue.bell import Bell, Ring
from scribe.queue.events import AccessChanged, EventFeed, MeetingChanged, MeetingDeleted
from scribe.settings import RedisSettings

PATIENCE_S = 2.0
"""A Redis that accepts and does not answer must not hold up who announces."""

log = structlog.get_logger(__name__)


class RedisAnnouncer:
    """The announcer of ``scribe.db.Database``; a lost bell is rung again by the sweeper."""

    def __init__(self, settings: RedisSettings) -> None:
        self.bell = Bell(settings)
        self.events = EventFeed(settings)

    async def announce(self, messages: Sequence[Outgoing]) -> None:
        """Send the messages in their order; what cannot be sent in time is logged, never raised."""
        for message in messages:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await self._send(message)
            except (RedisError, OSError, SendTaskError) as error:
                log.warning("announcement_lost", topic=message.topic, reason=str(error))

    async def _send(self, message: Outgoing) -> None:
        match message:
            case Ring():
                await self.bell.ring(message)
            case MeetingChanged() | MeetingDeleted() | AccessChanged():
                await self.events.publish(message)
            case _:
                raise TypeError(f"nobody announces {message!r}")

    async def close(self) -> None:
        """Close the connections."""
        await self.bell.close()
        await self.events.close()
