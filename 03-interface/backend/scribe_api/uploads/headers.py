"""What the headers of a form and of its parts say: boundary, field name, file name."""

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from python_multipart.multipart import parse_options_header

from scribe_api.uploads.errors import MalformedForm

# How browsers and newer programs write the three characters that cannot stand in a quoted name.
ESCAPED = {"%22": '"', "%0D": "\r", "%0A": "\n"}
ESCAPES = re.compile("|".join(ESCAPED), re.IGNORECASE)
# RFC 7578 forbids this form here, yet older HTTP libraries send nothing else for names beyond ASCII.
EXTENDED_NAME = re.compile(
    rb""";\s*filename\*\s*=\s*"?([\w-]+)'[\w-]*'([^;"\s]*)""", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True)
class PartHead:
    """The beginning of a part; ``filename`` is None for a field."""

    name: str
    filename: str | None
    content_type: str


def boundary_of(content_type: str) -> bytes:
    """The boundary that the request's Content-Type names. Raises MalformedForm."""
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise MalformedForm(reason="its Content-Type is not multipart/form-data")
    boundary = options.get(b"boundary", b"")
    if not boundary or b"\r" in boundary or b"\n" in boundary:
        raise MalformedForm(reason="its Content-Type names no boundary")
    return boundary


def part_head(headers: dict[bytes, bytes]) -> PartHead:
    """What a part is; the names of ``headers`` in lower case. Raises MalformedForm."""
    disposition = headers.get(b"content-disposition", b"")
    kind, options = parse_options_header(disposition)
    if kind != b"form-data" or b"name" not in options:
        raise MalformedForm(reason="a part has no Content-Disposition: form-data with a name")
    plain = options.get(b"filename")
    return PartHead(
        name=_unescaped(options[b"name"]),
        filename=_extended_name(disposition) if plain is None else _unescaped(plain),
        content_type=_text(headers.get(b"content-type", b"")) or "application/octet-stream",
    )


def _extended_name(disposition: bytes) -> str | None:
    found = EXTENDED_NAME.search(disposition)
    if found is None:
        return None
    charset, encoded = found.groups()
    try:
        return unquote_to_bytes(encoded).decode(charset.decode("ascii"), errors="replace")
    except LookupError as error:
        raise MalformedForm(reason="a file name is in an unknown character set") from error


def _unescaped(value: bytes) -> str:
    return ESCAPES.sub(lambda found: ESCAPED[found.group().upper()], _text(value))


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
