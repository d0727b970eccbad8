"""What changed, told to whoever listens: one capped Redis stream, so that a reconnect misses nothing."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any, Literal

import structlog
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from redis.asyncio import Redis
from redis.exceptions import RedisError

from scribe.settings import RedisSettings

STREAM = "scribe:events"
KEPT_EVENTS = 10_000
_BLOCK_MS = 2_000
_ANSWER_S = 10
_RETRY_S = 0.5

log = structlog.get_logger(__name__)


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True)

    @property
    def topic(self) -> str:
        """What the log calls it."""
        return type(self).__name__


class _OfMeeting(_Event):
    meeting_id: uuid.UUID
    project_id: uuid.UUID


class MeetingChanged(_OfMeeting):
    """A meeting's status, stage or progress changed. Progress is 0-1 within the stage."""

    type: Literal["meeting"] = "meeting"
    status: str
    stage: str | None = None
    progress: float | None = None
    revision: int | None = None
    error_code: str | None = None
    title: str | None = None


class MeetingDeleted(_OfMeeting):
    """A meeting is gone."""

    type: Literal["meeting_deleted"] = "meeting_deleted"


class AccessChanged(_Event):
    """What these accounts, or the keys that they made, may see has changed; clients are never sent this."""

    type: Literal["access"] = "access"
    user_ids: tuple[uuid.UUID, ...]


MeetingEvent = MeetingChanged | MeetingDeleted
AnyEvent = Annotated[MeetingEvent | AccessChanged, Field(discriminator="type")]
_events: TypeAdapter[MeetingEvent | AccessChanged] = TypeAdapter(AnyEvent)


class StoredEvent(BaseModel):
    """An event and its place in the stream; ``id`` is what Last-Event-ID carries."""

    model_config = ConfigDict(frozen=True)

    id: str
    event: AnyEvent


def stored_event(entry_id: str, fields: Mapping[str, str]) -> StoredEvent | None:
    """The entry of the stream as an event; None, logged, for one that only another version understands."""
    try:
        return StoredEvent(id=entry_id, event=_events.validate_json(fields["event"]))
    except (ValidationError, KeyError) as error:
        log.warning("event_not_understood", event_id=entry_id, reason=type(error).__name__)
        return None


class EventFeed:
    """Publishes events and follows them."""

    def __init__(self, settings: RedisSettings) -> None:
        self._redis: Redis = Redis.from_url(
            settings.url.get_secret_value(), socket_timeout=_ANSWER_S, protocol=2, decode_responses=True
        )

    async def publish(self, event: MeetingEvent | AccessChanged) -> None:
        """Append the event. Raises RedisError where Redis does not answer."""
        await self._redis.xadd(
            STREAM, {"event": event.model_dump_json()}, maxlen=KEPT_EVENTS, approximate=True
        )

    async def newest(self) -> str:
        """The id after which nothing has happened yet."""
        last = await self._redis.xrevrange(STREAM, count=1)
        return str(last[0][0]) if last else "0-0"

    async def follow(self, after: str) -> AsyncIterator[StoredEvent]:
        """Yield every event after the id ``after``, then new ones for ever.

        Outlives a Redis restart. Where the stream was wiped, its ids start anew; they are made of the
        server's clock, so they still come after every id handed out before.
        """
        position = after
        while True:
            try:
                entries = await self._read(position)
            except (RedisError, OSError) as error:
                log.warning("events_unreachable", reason=str(error))
                await asyncio.sleep(_RETRY_S)
                continue
            for entry_id, fields in entries:
                position = entry_id
                if (stored := stored_event(entry_id, fields)) is not None:
                    yield stored

    async def _read(self, after: str) -> list[tuple[str, dict[str, str]]]:
        """Wait for entries after the id; an empty list when there are none for two seconds."""
        streams: Any = await self._redis.xread({STREAM: after}, count=500, block=_BLOCK_MS)
        return list(streams[0][1]) if streams else []

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
