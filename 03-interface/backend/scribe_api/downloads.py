"""Objects as HTTP sends them: ranges, validators and file names that no header can be broken with."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from scribe.storage import ObjectHead, ObjectStore
from scribe_api.errors import RangeNotSatisfiable

_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 !#$&+.^_`|~()\[\]{}@,=-]")
_PRIVATE = "private, no-cache"
_DIGITS = 18


@dataclass(frozen=True)
class ByteRange:
    """Bytes of an object; the end is exclusive."""

    start: int
    end: int


def content_disposition(filename: str, *, attachment: bool) -> str:
    """The header of RFC 6266: a plain name for old clients, the real one percent-encoded (RFC 8187)."""
    kind = "attachment" if attachment else "inline"
    leaf = filename.replace("\\", "/").rsplit("/", 1)[-1] or "download"
    plain = _NOT_PLAIN.sub("_", leaf)
    header = f'{kind}; filename="{plain}"'
    return header if plain == leaf else f"{header}; filename*=UTF-8''{quote(leaf, safe='')}"


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """The one range that the header asks for, or None where the whole object is to be sent.

    What is not understood is ignored, and so are several ranges at once, as RFC 9110 allows.
    Raises RangeNotSatisfiable for a range that holds no byte of the object.
    """
    match = _ONE_RANGE.fullmatch((header or "").strip().replace(" ", ""))
    if match is None or match.group(1) == match.group(2) == "":
        return None
    first, last = match.groups()
    if max(len(first), len(last)) > _DIGITS:
        raise RangeNotSatisfiable(size=size)
    if first == "":
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
        if last and int(last) < start:
            return None
    if start >= end:
        raise RangeNotSatisfiable(size=size)
    return ByteRange(start, end)


def send_object(request: Request, store: ObjectStore, head: ObjectHead, disposition: str) -> Response:
    """The object, or the part of it that the request asks for; 304 where the client has it already.

    Raises RangeNotSatisfiable.
    """
    etag = _quoted(head.etag)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": _PRIVATE,
        "Content-Disposition": disposition,
        "ETag": etag,
        "Last-Modified": format_datetime(head.modified.astimezone(UTC), usegmt=True),
    }
    if _names(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    wanted = None
    if _is_current(request.headers.get("if-range"), etag, head):
        wanted = parse_range(request.headers.get("range"), head.size)
    part = wanted or ByteRange(0, head.size)
    headers["Content-Length"] = str(part.end - part.start)
    if wanted:
        headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{head.size}"
    status = 206 if wanted else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=head.content_type)
    body: AsyncIterator[bytes] = store.iter_range(head.key, part.start, part.end)
    return StreamingResponse(body, status_code=status, headers=headers, media_type=head.content_type)


def send_bytes(request: Request, data: bytes, *, etag: str, media_type: str, disposition: str) -> Response:
    """A small body with its validator; 304 where the client has it already."""
    headers = {"Cache-Control": _PRIVATE, "ETag": _quoted(etag), "Content-Disposition": disposition}
    if _names(request.headers.get("if-none-match"), _quoted(etag)):
        return Response(status_code=304, headers=headers)
    return Response(data, headers=headers, media_type=media_type)


def _quoted(etag: str) -> str:
    return '"' + etag.strip('"') + '"'


def _names(header: str | None, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in (header or "").split(",")}
    return etag in tags or "*" in tags


def _is_current(if_range: str | None, etag: str, head: ObjectHead) -> bool:
    """Whether the range may be taken from the object as it is now: no condition, or one that holds."""
    if if_range is None:
        return True
    if if_range.startswith(('"', "W/")):
        return if_range == etag
    try:
        return bool(parsedate_to_datetime(if_range) == head.modified.replace(microsecond=0))
    except (ValueError, TypeError):
        return False
