"""Live events over a WebSocket, for clients that prefer one to a stream."""

from typing import Final

from fastapi import APIRouter, WebSocket
from pydantic import TypeAdapter, ValidationError

from scribe_api.events import service
from scribe_api.events.conversation import Conversation
from scribe_api.events.handshake import caller
from scribe_api.events.schemas import EventId
from scribe_api.gateway import Gateway
from scribe_api.rendering import invalid_request

router = APIRouter(tags=["events"])

_places: Final[TypeAdapter[str]] = TypeAdapter(EventId)


@router.websocket("/ws")
async def talk(websocket: WebSocket) -> None:
    """The events of ``GET /events``, each as one message of JSON; refused with the status of an HTTP error.

    Raises, before it accepts, the errors of ``handshake.caller``, EventsUnavailable and InvalidRequest.
    """
    gateway: Gateway = websocket.app.state.gateway
    principal = await caller(websocket, gateway)
    start = await service.starting_point(gateway.hub, _place(websocket.query_params.get("after")))
    await websocket.accept()
    await Conversation(websocket, gateway, principal).hold(start)


def _place(after: str | None) -> str | None:
    try:
        return None if after is None else _places.validate_python(after)
    except ValidationError as error:
        raise invalid_request(error) from error
