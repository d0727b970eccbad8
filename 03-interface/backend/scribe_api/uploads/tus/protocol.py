"""What tus 1.0.0 puts into headers, and the layer in front of the routes that it asks for."""

import base64
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scribe.db.models import Upload, UploadKind, UploadState
from scribe_api.uploads.tus.errors import HeaderMalformed

VERSION: Final = "1.0.0"
EXTENSIONS: Final = (
    "creation,creation-with-upload,creation-defer-length,checksum,expiration,termination,concatenation"
)
BODY_TYPE: Final = "application/offset+octet-stream"
_METHODS: Final = frozenset({"HEAD", "PATCH", "DELETE"})
_FINAL: Final = "final;"
_KEY: Final = re.compile(r"[^\s,]+")


class Tus:
    """Names the protocol's version in every answer and lets clients name the method in a header."""

    def __init__(self, app: ASGIApp, *, path: str) -> None:
        self._app = app
        self._path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or not f"{scope['path']}/".startswith(f"{self._path}/"):
            await self._app(scope, receive, send)
            return

        async def send_with_version(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Tus-Resumable"] = VERSION
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        asked = Headers(scope=scope).get("x-http-method-override", "").upper()
        if scope["method"] == "POST" and asked in _METHODS:
            scope = {**scope, "method": asked}
        await self._app(scope, receive, send_with_version)


def read_metadata(header: str | None) -> dict[str, str]:
    """The pairs of Upload-Metadata; a key without a value has an empty one. Raises HeaderMalformed."""
    found: dict[str, str] = {}
    for pair in filter(None, (header or "").split(",")):
        key, _, value = pair.strip().partition(" ")
        if not _KEY.fullmatch(key) or key in found:
            raise HeaderMalformed(header="Upload-Metadata", problem="a key is empty or comes twice")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:
            raise HeaderMalformed(
                header="Upload-Metadata", problem="a value is not UTF-8 text in Base64"
            ) from error
        if "\x00" in found[key]:
            raise HeaderMalformed(header="Upload-Metadata", problem="a value holds a NUL character")
    return found


@dataclass(frozen=True)
class Concat:
    """What Upload-Concat says: a piece, or the whole of those pieces."""

    kind: UploadKind
    pieces: tuple[uuid.UUID, ...] = ()


def read_concat(header: str | None) -> Concat:
    """Without the header it is a whole upload. Raises HeaderMalformed."""
    if header is None:
        return Concat(UploadKind.WHOLE)
    if header == UploadKind.PARTIAL:
        return Concat(UploadKind.PARTIAL)
    addresses = header.removeprefix(_FINAL).split()
    if not header.startswith(_FINAL) or not addresses:
        raise HeaderMalformed(
            header="Upload-Concat", problem="it is neither `partial` nor `final;` with addresses"
        )
    try:
        pieces = tuple(uuid.UUID(each.rpartition("/")[2]) for each in addresses)
    except ValueError as error:
        raise HeaderMalformed(header="Upload-Concat", problem="an address is not an upload's") from error
    return Concat(UploadKind.FINAL, pieces)


def headers_of(upload: Upload, *, address: str) -> Mapping[str, str]:
    """Where the upload stands; ``address`` is the path of the uploads, without a slash at its end."""
    told: dict[str, str] = {}
    if upload.kind != UploadKind.FINAL or upload.state == UploadState.DONE:
        told["Upload-Offset"] = str(upload.received)
    if upload.length is None:
        told["Upload-Defer-Length"] = "1"
    else:
        told["Upload-Length"] = str(upload.length)
    if upload.announced:
        told["Upload-Metadata"] = upload.announced
    if upload.kind == UploadKind.PARTIAL:
        told["Upload-Concat"] = upload.kind
    if upload.kind == UploadKind.FINAL:
        told["Upload-Concat"] = _FINAL + " ".join(f"{address}/{piece}" for piece in upload.pieces)
    if upload.state == UploadState.OPEN:
        told["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    if upload.state == UploadState.DONE and upload.kind != UploadKind.PARTIAL:
        told["Upload-Meeting"] = str(upload.meeting_id)
    return told
