"""Events as they go over the wire."""

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, StringConstraints
from sse_starlette import ServerSentEvent

from scribe.queue import StoredEvent

_LARGEST: Final = 2**64 - 1


def place(event_id: str) -> tuple[int, int]:
    """The id as numbers, which sort as the events happened."""
    milliseconds, _, sequence = event_id.partition("-")
    return int(milliseconds), int(sequence)


def _that_redis_could_have_given(event_id: str) -> str:
    milliseconds, sequence = place(event_id)
    if max(milliseconds, sequence) > _LARGEST:
        raise ValueError("no event has such an id")
    return f"{milliseconds}-{sequence}"


EventId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{1,20}-[0-9]{1,20}$"),
    AfterValidator(_that_redis_could_have_given),
]
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
