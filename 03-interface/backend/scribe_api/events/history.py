"""Events that have happened, read from the stream by their places."""

from collections.abc import AsyncIterator
from typing import Any, Final

from redis.asyncio import Redis

from scribe.queue import StoredEvent
from scribe.queue.events import KEPT_EVENTS, STREAM, stored_event
from scribe.settings import RedisSettings
from scribe_api.events.schemas import place

_PAGE: Final = 500
_ANSWER_S: Final = 10
BEFORE_ALL: Final = (0, 0)
"""The place that is handed out before anything has ever happened."""


class EventHistory:
    """What the stream still holds."""

    def __init__(self, settings: RedisSettings) -> None:
        self._redis: Redis = Redis.from_url(
            settings.url.get_secret_value(), socket_timeout=_ANSWER_S, protocol=2, decode_responses=True
        )

    async def between(self, after: str, last: str) -> AsyncIterator[StoredEvent]:
        """Every event after the id ``after``, up to and including ``last``. Raises RedisError."""
        while place(after) < place(last):
            page: Any = await self._redis.xrange(STREAM, min=f"({after}", max=last, count=_PAGE)
            for entry_id, fields in page:
                if (stored := stored_event(entry_id, fields)) is not None:
                    yield stored
            if len(page) < _PAGE:
                return
            after = page[-1][0]

    async def reaches_back_to(self, after: str) -> bool:
        """Whether the stream still holds all that came after the id. Raises RedisError.

        What is older than all it holds was trimmed, or wiped with whatever followed it.
        """
        if place(after) == BEFORE_ALL:
            return int(await self._redis.xlen(STREAM)) < KEPT_EVENTS
        oldest: Any = await self._redis.xrange(STREAM, count=1)
        return bool(oldest) and place(oldest[0][0]) <= place(after)

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
