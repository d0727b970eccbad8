"""HTTP for live events: a stream that a browser follows with EventSource."""

from collections.abc import AsyncIterator
from typing import Annotated

import anyio
from fastapi import APIRouter, Header, Query
from sse_starlette import EventSourceResponse, ServerSentEvent

from scribe.queue import StoredEvent
from scribe_api.deps import GatewayDep, StreamingUser
from scribe_api.errors import EventsUnavailable
from scribe_api.events import service
from scribe_api.events.schemas import EventId, ready, told
from scribe_api.openapi import protected

router = APIRouter(prefix="/events", tags=["events"])

HEARTBEAT_S = 10
GRACE_S = 3
_EXAMPLE = (
    "id: 1763710000000-0\nevent: meeting\n"
    'data: {"type":"meeting","meeting_id":"…","status":"PROCESSING","stage":"diarise","progress":0.4}\n\n'
)


@router.get(
    "",
    response_class=EventSourceResponse,
    responses={
        **protected(EventsUnavailable),
        200: {
            "description": "`ready` at once, then `meeting` and `meeting_deleted` as they happen.",
            "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE}},
        },
    },
)
async def follow_events(
    gateway: GatewayDep,
    principal: StreamingUser,
    last_event_id: Annotated[EventId | None, Header(description="Resume after this event.")] = None,
    after: Annotated[
        EventId | None, Query(description="As Last-Event-ID, where headers cannot be set.")
    ] = None,
) -> EventSourceResponse:
    """Status, stage and progress of your meetings as they change; a reconnect misses nothing."""
    position = await service.starting_point(gateway.events, last_event_id or after)
    stopping = anyio.Event()
    visible = service.visible_events(gateway.events, principal, position)
    return EventSourceResponse(
        _stream(service.until_stopped(visible, stopping), position),
        ping=HEARTBEAT_S,
        sep="\n",
        shutdown_event=stopping,
        shutdown_grace_period=GRACE_S,
    )


async def _stream(events: AsyncIterator[StoredEvent], position: str) -> AsyncIterator[ServerSentEvent]:
    yield ready(position)
    async for stored in events:
        yield told(stored)
