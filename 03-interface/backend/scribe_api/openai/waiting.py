"""Wait for a transcript without holding a transaction, a worker or anything else but the connection."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from fastapi import Request
from redis.exceptions import RedisError

from scribe.db.models import Meeting, MeetingStatus
from scribe.queue import AccessChanged, StoredEvent
from scribe_api.events.hub import EventHub
from scribe_api.gateway import Gateway
from scribe_api.openai.errors import ClientGone, ProcessingCancelled, ProcessingFailed, StillProcessing

POLL_S = 5.0
"""How often the row is read although no event came: events are told at most once, rows stay."""

log = structlog.get_logger(__name__)


async def answerable(gateway: Gateway, meeting_id: uuid.UUID, request: Request) -> Meeting:
    """As ``completed``, while somebody waits and for ``openai.max_wait_s`` at most.

    Raises ClientGone as well; the work goes on all the same.
    """
    limit_s = gateway.settings.openai.max_wait_s
    waiting = asyncio.create_task(completed(gateway, meeting_id, limit_s=limit_s))
    leaving = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({waiting, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            return waiting.result()
        raise ClientGone(meeting_id)
    finally:
        waiting.cancel()
        leaving.cancel()
        await asyncio.wait({waiting, leaving})


async def completed(gateway: Gateway, meeting_id: uuid.UUID, *, limit_s: float | None = None) -> Meeting:
    """The meeting with its transcript.

    Raises ProcessingFailed and ProcessingCancelled, and StillProcessing after ``limit_s`` seconds.
    """
    try:
        async with (
            asyncio.timeout(limit_s),
            _changes(gateway.hub, meeting_id) as changed,
        ):
            while True:
                changed.clear()
                if (meeting := await _ended(gateway, meeting_id)) is not None:
                    return meeting
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), POLL_S)
    except TimeoutError as error:
        raise StillProcessing(meeting_id) from error


async def _ended(gateway: Gateway, meeting_id: uuid.UUID) -> Meeting | None:
    async with gateway.database.transaction() as session:
        meeting = await session.get(Meeting, meeting_id)
    if meeting is None or meeting.status == MeetingStatus.CANCELLED:
        raise ProcessingCancelled(meeting_id)
    if meeting.status == MeetingStatus.FAILED:
        raise ProcessingFailed.of(meeting)
    return meeting if meeting.status == MeetingStatus.COMPLETED else None


@asynccontextmanager
async def _changes(hub: EventHub, meeting_id: uuid.UUID) -> AsyncIterator[asyncio.Event]:
    """An event that is set whenever the meeting may have changed."""
    changed = asyncio.Event()
    watching = asyncio.create_task(_watch(hub, meeting_id, changed))
    try:
        yield changed
    finally:
        watching.cancel()
        await asyncio.wait({watching})


async def _watch(hub: EventHub, meeting_id: uuid.UUID, changed: asyncio.Event) -> None:
    def concerns(stored: StoredEvent) -> bool:
        return not isinstance(stored.event, AccessChanged) and stored.event.meeting_id == meeting_id

    try:
        async with hub.listening(await hub.newest(), concerns) as listener:
            changed.set()  # whatever happened before anybody listened
            async for _ in listener:
                changed.set()
    except (RedisError, OSError) as error:
        log.warning("waiting_without_events", meeting_id=str(meeting_id), reason=str(error))


async def _gone(request: Request) -> None:
    """Return when the client has hung up; its body was read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
