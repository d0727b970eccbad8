"""Send a recording: begin or take up again, outlive a bad network, learn which meeting it became."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

import httpx

from scribe_client.connection import Connection
from scribe_client.errors import (
    AnswerUnclear,
    RecordingChanged,
    Refused,
    ServerAway,
    ServerFailed,
    UploadBusy,
)
from scribe_client.uploading.memory import Busy, Memory, Remembered, UploadMemory
from scribe_client.uploading.patience import Patience
from scribe_client.uploading.recording import Piece, Recording
from scribe_client.uploading.tus import TusServer, UploadState

PIECE_BYTES = 64 << 20
"""One request carries so much: few round trips, and a session's token is asked for in between."""
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
BUSY = frozenset(
    {HTTPStatus.CONFLICT, HTTPStatus.LOCKED, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}
)
CUT_SHORT = "UPLOAD_INTERRUPTED"
"""Somebody between here and the server ended a request before its end."""
LOST = "UPLOAD_LOST"
"""The server no longer has what it had confirmed: not the recording is to blame."""
HOPELESS = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
"""Answers after which the server has no use for the rest."""


@dataclass(frozen=True)
class Uploaded:
    """The meeting that a recording became; ``duplicates``: the caller's meetings of the same content."""

    meeting_id: UUID
    duplicates: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Sending:
    """What somebody who watches an upload is told.

    begun: with the bytes that the server had already; sent: with the offset after each block;
    interrupted: with the reason, before a pause
    """

    begun: Callable[[int], None] = lambda _: None
    sent: Callable[[int], None] = lambda _: None
    interrupted: Callable[[Exception], None] = lambda _: None


class Uploader:
    """Sends files to one server, for one caller.

    caller: any text that tells this caller from others who use the same memory
    """

    def __init__(
        self, connection: Connection, memory: UploadMemory, caller: str, patience: Callable[[], Patience]
    ) -> None:
        self._server = connection.server
        self._tus = TusServer(connection)
        self._memory = memory
        self._caller = caller
        self._patience = patience

    def upload(
        self,
        path: Path,
        fields: Mapping[str, str],
        sending: Sending,
        before_forgetting: Callable[[Uploaded], None] | None = None,
    ) -> Uploaded:
        """Send the file at ``path``.

        before_forgetting: called while a run that is killed would still be resumed; what it writes down
        and the upload cannot fall apart

        Raises OSError for a file that cannot be read, RecordingChanged, UploadBusy, ServerAway, Refused and
        ServerFailed; after ServerAway, ServerFailed and an interruption a later call resumes.
        """
        recording = Recording.at(path)
        fingerprint = recording.fingerprint(f"{self._server} {self._caller}", fields)
        try:
            with self._memory.of(fingerprint) as memory:
                uploaded = _Upload(self._server, self._tus, memory, recording, self._patience()).run(
                    {"filename": path.name, **fields}, sending
                )
                if before_forgetting:
                    before_forgetting(uploaded)
                memory.forget()
                return uploaded
        except Busy as busy:
            raise UploadBusy(path) from busy


class _Upload:
    """One file on its way."""

    def __init__(
        self, server: str, tus: TusServer, memory: Memory, recording: Recording, patience: Patience
    ) -> None:
        self._server = server
        self._tus = tus
        self._memory = memory
        self._recording = recording
        self._patience = patience
        self._location: str | None = None
        self._furthest: int | None = None

    def run(self, metadata: Mapping[str, str], sending: Sending) -> Uploaded:
        """Try until it is there, or there is no point any more."""
        remembered = self._memory.load()
        self._location = remembered.location if remembered else None
        while True:
            try:
                return self._try(metadata, sending)
            except RecordingChanged:
                self._give_up()
                raise
            except (httpx.TransportError, ServerFailed) as error:
                self._fail(error)
                sending.interrupted(error)
                self._patience.pause(_named_pause(error))
            except Refused as refused:
                if refused.status in GONE and self._location:
                    self._forget(refused)
                elif refused.status in BUSY or refused.code == CUT_SHORT:
                    self._fail(refused)
                    self._patience.pause(refused.retry_after_s)
                else:
                    if refused.status in HOPELESS:
                        self._memory.forget()
                    raise

    def _fail(self, error: httpx.TransportError | Refused) -> None:
        """Count a failure; raise it where it was one too many."""
        if not self._patience.exhausted():
            return
        if isinstance(error, Refused):
            raise error
        raise ServerAway(self._server, str(error) or type(error).__name__) from error

    def _give_up(self) -> None:
        """What the server has is part of a file that is no more."""
        self._memory.forget()
        if self._location:
            with suppress(httpx.TransportError, Refused, AnswerUnclear):
                self._tus.end(self._location)

    def _forget(self, refused: Refused) -> None:
        """The server has lost or dropped the upload: begin anew, unless the recording is to blame."""
        self._fail(refused)
        location, self._location = self._location, None
        self._memory.forget()
        if location and refused.status == HTTPStatus.GONE:
            with suppress(httpx.TransportError, ServerFailed):
                state = self._state_of(location)
                if state.error_code != LOST:
                    _require_usable(state)

    def _state_of(self, location: str) -> UploadState:
        try:
            return self._tus.state(location)
        except Refused:
            return UploadState()

    def _try(self, metadata: Mapping[str, str], sending: Sending) -> Uploaded:
        """One go, from wherever the server is."""
        size = self._recording.size
        location, offset = self._begin(metadata)
        if self._furthest is None:
            sending.begun(offset)
        self._note_progress(offset)
        sending.sent(offset)
        while offset < size:
            self._recording.check_unchanged()
            piece = Piece(self._recording, offset, min(PIECE_BYTES, size - offset), sending.sent)
            offset = self._tus.append(location, offset, piece)
            self._note_progress(offset)
        self._recording.check_unchanged()
        return self._became(location)

    def _note_progress(self, offset: int) -> None:
        """However bad the network: as long as more arrives each time, there is no reason to give up."""
        if self._furthest is None or offset > self._furthest:
            self._furthest = offset
            self._patience.progressed()

    def _begin(self, metadata: Mapping[str, str]) -> tuple[str, int]:
        if self._location:
            return self._location, self._tus.offset(self._location)
        self._location = self._tus.create(self._recording.size, metadata)
        path = str(self._recording.path)
        self._memory.keep(Remembered(location=self._location, path=path, begun_at=datetime.now(UTC)))
        return self._location, 0

    def _became(self, location: str) -> Uploaded:
        """The meeting. Raises Refused where the server could not use the recording, ServerFailed: not yet."""
        state = self._tus.state(location)
        _require_usable(state)
        if state.meeting_id is None:
            waiting = "The server has the whole recording and has not looked at it yet."
            raise ServerFailed(HTTPStatus.SERVICE_UNAVAILABLE, "UPLOAD_PENDING", waiting, {})
        return Uploaded(state.meeting_id, state.duplicates)


def _require_usable(state: UploadState) -> None:
    """Raise Refused where the server could not use the recording, with status 410 where it lost it."""
    if state.error_code:
        status = HTTPStatus.GONE if state.error_code == LOST else HTTPStatus.UNPROCESSABLE_ENTITY
        sentence = state.error_message or f"The recording was refused ({state.error_code})."
        raise Refused(status, state.error_code, sentence, {})


def _named_pause(error: httpx.TransportError | ServerFailed) -> float:
    return error.retry_after_s if isinstance(error, ServerFailed) else 0.0
