"""What the push parser reports, as a queue that can be pulled from."""

from collections import deque
from collections.abc import AsyncIterable
from enum import Enum

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError

from scribe_api.uploads.errors import MalformedForm, UploadIncomplete
from scribe_api.uploads.form import FormLimits
from scribe_api.uploads.headers import PartHead, part_head

EPILOGUE_BYTES = 64 << 10


class Mark(Enum):
    """The end of something."""

    PART = "part"
    FORM = "form"


Event = PartHead | bytes | Mark


class Events:
    """The form as events: for each part its head, its bytes in pieces, its end; at last the form's end.

    The body is read a chunk at a time, only when the queue is empty, so a consumer that is slow slows
    the client down.
    """

    def __init__(self, body: AsyncIterable[bytes], boundary: bytes, limits: FormLimits) -> None:
        self._body = aiter(body)
        self._queue: deque[Event] = deque()
        self._header: list[bytes] = [b"", b""]
        self._headers: dict[bytes, bytes] = {}
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._part_begins,
                    "on_header_begin": self._header_begins,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_ends,
                    "on_headers_finished": self._headers_end,
                    "on_part_data": self._part_data,
                    "on_part_end": self._part_ends,
                    "on_end": self._form_ends,
                },
                max_header_count=limits.headers,
                max_header_size=limits.header_bytes,
            )
        except FormParserError as error:
            raise MalformedForm(reason="its boundary is too long") from error

    async def next(self) -> Event:
        """The next event. Raises MalformedForm, and UploadIncomplete when the body ends before the form."""
        while not self._queue:
            try:
                chunk = await anext(self._body)
            except StopAsyncIteration:
                raise UploadIncomplete from None
            try:
                self._parser.write(chunk)
            except FormParserError as error:
                raise MalformedForm(reason="its parts are not where the boundary says") from error
        return self._queue.popleft()

    async def drain(self) -> None:
        """Read the little that may follow the form, so that the connection can serve another request."""
        size = 0
        async for chunk in self._body:
            size += len(chunk)
            if size > EPILOGUE_BYTES:
                raise MalformedForm(reason="it goes on after its closing boundary")

    def _part_begins(self) -> None:
        self._headers = {}

    def _header_begins(self) -> None:
        self._header = [b"", b""]

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0] += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1] += data[start:end]

    def _header_ends(self) -> None:
        name, value = self._header
        self._headers[name.lower()] = value.strip()

    def _headers_end(self) -> None:
        self._queue.append(part_head(self._headers))

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        self._queue.append(data if end - start == len(data) else data[start:end])

    def _part_ends(self) -> None:
        self._queue.append(Mark.PART)

    def _form_ends(self) -> None:
        self._queue.append(Mark.FORM)
