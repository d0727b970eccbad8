"""A meeting's way through the stages, from the server-sent events, across any interruption."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import httpx
import httpx_sse
from pydantic import ValidationError

from scribe_client.answers import Meeting, MeetingState
from scribe_client.connection import Connection
from scribe_client.errors import ServerAway, ServerFailed, raise_for_error

SILENCE_S = 30.0
"""The server says something every ten seconds; a stream that says nothing for so long is dead."""
RECONNECTS = 10
LONGEST_PAUSE_S = 5.0
PAUSE_S = 0.1
"""After a stream that the server ended in good order, as it does when it stops."""


class _MeetingEvent(MeetingState):
    type: str = "meeting"
    meeting_id: UUID


def follow(connection: Connection, meeting_id: UUID) -> Iterator[MeetingState]:
    """Every change until the meeting has ended; the last item is the whole Meeting as the server has it.

    Outlives a restart of the server: it connects again, resumes after the last event and asks how the
    meeting stands. Raises ServerAway and ServerFailed where that does not come back, and Refused.
    """
    last_id: str | None = None
    failures = 0
    while True:
        try:
            with _events(connection, last_id) as events:
                # Asked after the stream is open: nothing falls between.
                meeting = connection.read(Meeting, f"/meetings/{meeting_id}")
                failures = 0
                yield meeting
                if meeting.finished:
                    return
                for event in events:
                    last_id = event.id or last_id
                    change = _change_of(event, meeting_id)
                    if change and change.finished:
                        break
                    if change:
                        yield change
                else:
                    time.sleep(PAUSE_S)
        except (httpx.TransportError, httpx_sse.SSEError, ServerAway, ServerFailed) as error:
            failures += 1
            if failures > RECONNECTS:
                if isinstance(error, ServerFailed):
                    raise
                raise ServerAway(connection.server, error) from error
            time.sleep(min(0.1 * 2**failures, LONGEST_PAUSE_S))


@contextmanager
def _events(connection: Connection, last_id: str | None) -> Iterator[Iterator[httpx_sse.ServerSentEvent]]:
    headers = {"Last-Event-ID": last_id} if last_id else {}
    timeout = httpx.Timeout(30.0, read=SILENCE_S)
    with httpx_sse.connect_sse(connection.http, "GET", "/events", headers=headers, timeout=timeout) as source:
        if source.response.is_error:
            source.response.read()
            raise_for_error(source.response)
        yield source.iter_sse()


def _change_of(event: httpx_sse.ServerSentEvent, meeting_id: UUID) -> MeetingState | None:
    """The change that an event tells, or None where it is about something else."""
    try:
        told = _MeetingEvent.model_validate_json(event.data)
    except ValidationError:
        return None
    return told if told.type == "meeting" and told.meeting_id == meeting_id else None
