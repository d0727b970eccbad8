"""Events as they go over the wire."""

import json
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, StringConstraints
from sse_starlette import ServerSentEvent

from scribe.queue.events import MeetingEvent
from scribe_api.schemas import Schema

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


@dataclass(frozen=True)
class ToldEvent:
    """An event that a client may know, and its place in the stream."""

    id: str
    event: MeetingEvent


@dataclass(frozen=True)
class Start:
    """The place after which a client is told; ``missed``: the stream holds no longer all that came next."""

    id: str
    missed: bool = False


class Ready(BaseModel):
    """The first thing on every stream: from here on, nothing is missed.

    ``missed``: something may have been before, so look at the meetings again.
    """

    type: Literal["ready"] = "ready"
    missed: bool


class ReadyFrom(Ready):
    """The same where the place is part of the message."""

    id: str


class Heartbeat(BaseModel):
    """Nothing has happened; the connection is alive."""

    type: Literal["heartbeat"] = "heartbeat"


class Resume(Schema):
    """The one thing that a client may say: tell me what came after this event."""

    type: Literal["resume"]
    after: EventId


def ready(start: Start) -> ServerSentEvent:
    """Gives a client a place to resume from before anything has happened."""
    return ServerSentEvent(Ready(missed=start.missed).model_dump_json(), event="ready", id=start.id)


def sent(told: ToldEvent) -> ServerSentEvent:
    """The event under its type, with its id."""
    return ServerSentEvent(told.event.model_dump_json(), event=told.event.type, id=told.id)


def message(told: ToldEvent) -> str:
    """The event as one JSON object, with its id."""
    return json.dumps({"id": told.id, **told.event.model_dump(mode="json")})
