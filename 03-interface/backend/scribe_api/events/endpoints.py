"""HTTP for live events: a stream that a browser follows with EventSource."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Annotated

import anyio
from fastapi import APIRouter, Header, Query
from sse_starlette import EventSourceResponse, ServerSentEvent

from scribe_api.access.deps import DetachedReader, GatewayDep
from scribe_api.access.principals import Principal
from scribe_api.errors import EventsUnavailable
from scribe_api.events import service
from scribe_api.events.schemas import EventId, Start, ready, sent
from scribe_api.gateway import Gateway
from scribe_api.openapi import protected

router = APIRouter(prefix="/events", tags=["events"])

HEARTBEAT_S = 10
GRACE_S = 3
SEND_S = 30
"""How long a client may take no bytes at all before its connection is closed."""
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
            "description": "`ready` at once, then `meeting` and `meeting_deleted` as they happen. `ready` "
            "says `missed: true` where not all that came after the id is kept: read the meetings again.",
            "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE}},
        },
    },
)
async def follow_events(
    gateway: GatewayDep,
    principal: DetachedReader,
    last_event_id: Annotated[EventId | None, Header(description="Resume after this event.")] = None,
    after: Annotated[
        EventId | None, Query(description="As Last-Event-ID, where headers cannot be set.")
    ] = None,
) -> EventSourceResponse:
    """Status, stage and progress of your meetings as they change; a reconnect misses nothing that is kept.

    The stream ends when the session does.
    """
    start = await service.starting_point(gateway.hub, last_event_id or after)
    stopping = anyio.Event()
    return EventSourceResponse(
        _stream(gateway, principal, start, stopping),
        ping=HEARTBEAT_S,
        sep="\n",
        send_timeout=SEND_S,
        shutdown_event=stopping,
        shutdown_grace_period=GRACE_S,
    )


async def _stream(
    gateway: Gateway, principal: Principal, start: Start, stopping: anyio.Event
) -> AsyncIterator[ServerSentEvent]:
    yield ready(start)
    following = service.Following(gateway, principal, start.id)
    async with aclosing(following.events(stopping.wait)) as events:
        async for told in events:
            yield sent(told)
