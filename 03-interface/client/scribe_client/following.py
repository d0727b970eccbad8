"""A meeting's way through the stages, from the server-sent events, across any interruption."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import httpx
import httpx_sse
from pydantic import ValidationError

from scribe_client.answers import Answer, Meeting, MeetingState
from scribe_client.connection import Connection
from scribe_client.errors import ServerAway, ServerFailed, raise_for_error

SILENCE_S = 30.0
"""The server says something every ten seconds; a stream that says nothing for so long is dead."""
RECONNECTS = 10
LONGEST_PAUSE_S = 5.0
PAUSE_S = 0.1
"""After a stream that the server ended in good order, as it does when it stops."""
ASK_AGAIN_S = 30.0
"""How long a stream is believed: an announcement can be lost, and a meeting move out of sight unannounced."""


class _OfMeeting(Answer):
    meeting_id: UUID


class _ForAWhile(httpx.SyncByteStream):
    """A stream that ends with the first thing said after its time, be it only a sign of life."""

    def __init__(self, stream: httpx.SyncByteStream) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        end = time.monotonic() + ASK_AGAIN_S
        for block in self._stream:
            yield block
            if time.monotonic() >= end:
                return

    def close(self) -> None:
        """Give the connection back."""
        self._stream.close()


def follow(connection: Connection, meeting_id: UUID) -> Iterator[MeetingState]:
    """Every change until the meeting has ended; the last item is the whole Meeting as the server has it.

    Outlives a restart of the server: it connects again, resumes after the last event and asks how the
    meeting stands. Raises ServerAway and ServerFailed where that does not come back, and Refused, also
    when the meeting is deleted meanwhile.
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
                    if not _is_about(meeting_id, event):
                        continue
                    change = _change_in(event)
                    if change is None or change.finished:
                        break
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
        if isinstance(source.response.stream, httpx.SyncByteStream):
            source.response.stream = _ForAWhile(source.response.stream)
        yield source.iter_sse()


def _is_about(meeting_id: UUID, event: httpx_sse.ServerSentEvent) -> bool:
    try:
        return _OfMeeting.model_validate_json(event.data).meeting_id == meeting_id
    except ValidationError:
        return False


def _change_in(event: httpx_sse.ServerSentEvent) -> MeetingState | None:
    """What the meeting is now; None where it is told something else, such as that it is deleted."""
    try:
        return MeetingState.model_validate_json(event.data)
    except ValidationError:
        return None
