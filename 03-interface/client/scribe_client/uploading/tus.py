"""The requests of tus 1.0.0 (https://tus.io/protocols/resumable-upload) that sending a file takes."""

import base64
from collections.abc import Mapping
from uuid import UUID

import httpx

from scribe_client.answers import Answer
from scribe_client.connection import Connection
from scribe_client.errors import Refused, ServerFailed, raise_for_error
from scribe_client.uploading.recording import Piece

VERSION = {"Tus-Resumable": "1.0.0"}
PATCH_TYPE = "application/offset+octet-stream"


class UploadState(Answer):
    """What the server tells of an upload, beside what tus has headers for: its meeting, or what was wrong."""

    meeting_id: UUID | None = None
    duplicates: tuple[UUID, ...] = ()
    error_code: str | None = None
    error_message: str | None = None


class TusServer:
    """One server's uploads. Methods raise httpx.TransportError, Refused and ServerFailed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._http = connection.http
        self._origin = httpx.URL(connection.server)

    def create(self, size: int, metadata: Mapping[str, str]) -> str:
        """Announce a file of ``size`` bytes; returns where its bytes go."""
        headers = {**VERSION, "Upload-Length": str(size), "Upload-Metadata": encoded(metadata)}
        response = self._http.post("/uploads", headers=headers)
        raise_for_error(response)
        location = response.headers.get("Location")
        if not location:
            raise ServerFailed(response.status_code, "NO_LOCATION", "The server named no upload.", {})
        return self._own(location)

    def offset(self, location: str) -> int:
        """How many bytes the server has."""
        response = self._http.head(location, headers=VERSION)
        raise_for_error(response)
        return _offset_in(response)

    def append(self, location: str, offset: int, piece: Piece) -> int:
        """Send bytes that begin at ``offset``; returns the offset after them."""
        headers = {
            **VERSION,
            "Upload-Offset": str(offset),
            "Content-Type": PATCH_TYPE,
            "Content-Length": str(piece.size),
        }
        response = self._http.patch(location, headers=headers, content=piece)
        raise_for_error(response)
        return _offset_in(response)

    def state(self, location: str) -> UploadState:
        """What became of it."""
        response = self._http.get(location)
        raise_for_error(response)
        return self._connection.parsed(UploadState, response)

    def end(self, location: str) -> None:
        """Give it up: the server deletes what it has, be it a meeting already. Raises also AnswerUnclear."""
        meeting_id = self.state(location).meeting_id
        what = location if meeting_id is None else f"/meetings/{meeting_id}"
        response = self._http.delete(what, headers=VERSION)
        raise_for_error(response)

    def _own(self, location: str) -> str:
        """The location on the server that was asked: credentials never follow a header to another one."""
        return str(self._origin.copy_with(raw_path=self._origin.join(location).raw_path))


def encoded(metadata: Mapping[str, str]) -> str:
    """The header Upload-Metadata."""
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode('ascii')}" for name, value in metadata.items()
    )


def _offset_in(response: httpx.Response) -> int:
    told = response.headers.get("Upload-Offset", "")
    if not told.isdecimal():
        raise Refused(response.status_code, "NOT_TUS", "The server does not speak tus here.", {})
    return int(told)
