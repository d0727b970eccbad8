"""Events as they go over the wire."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints
from sse_starlette import ServerSentEvent

from scribe.queue import StoredEvent

EventId = Annotated[str, StringConstraints(pattern=r"^\d{1,20}-\d{1,20}$")]
"""The place of an event in the stream, as the server handed it out."""


class Ready(BaseModel):
    """The first thing on every stream: from here on, nothing is missed."""

    type: Literal["ready"] = "ready"


def ready(position: str) -> ServerSentEvent:
    """Gives a client a place to resume from before anything has happened."""
    return ServerSentEvent(Ready().model_dump_json(), event="ready", id=position)


def told(stored: StoredEvent) -> ServerSentEvent:
    """The event under its type, with its id."""
    return ServerSentEvent(stored.event.model_dump_json(), event=stored.event.type, id=stored.id)
