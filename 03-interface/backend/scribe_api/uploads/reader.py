"""A form as an asynchronous stream of its parts."""

from collections.abc import AsyncIterable, AsyncIterator

from scribe_api.uploads.errors import FieldTooLarge, MalformedForm, UploadTooLarge
from scribe_api.uploads.events import Events, Mark
from scribe_api.uploads.form import FormField, FormFile, FormLimits, FormPart
from scribe_api.uploads.headers import PartHead, boundary_of


async def read_form(
    body: AsyncIterable[bytes], content_type: str, limits: FormLimits
) -> AsyncIterator[FormPart]:
    """The parts in the order in which they are sent; nothing is spooled, nothing is read ahead.

    A file that is not read to its end is skipped when the next part is asked for. Raises MalformedForm,
    FieldTooLarge, UploadTooLarge and UploadIncomplete; errors of ``body`` pass through.
    """
    events = Events(body, boundary_of(content_type), limits)
    parts = 0
    while (event := await events.next()) is not Mark.FORM:
        if not isinstance(event, PartHead):
            raise MalformedForm(reason="it has content outside of its parts")
        parts += 1
        if parts > limits.parts:
            raise MalformedForm(reason=f"it has more than {limits.parts} parts")
        if event.filename is None:
            yield FormField(event.name, await _field_value(events, event.name, limits.field_bytes))
        else:
            chunks = FileChunks(events, limits.file_bytes)
            yield FormFile(event.name, event.filename, event.content_type, chunks)
            async for _ in chunks:
                pass
    await events.drain()


class FileChunks:
    """The bytes of one file; iteration may stop and be taken up again."""

    def __init__(self, events: Events, limit: int) -> None:
        self._events = events
        self._limit = limit
        self._size = 0
        self._ended = False

    def __aiter__(self) -> "FileChunks":
        return self

    async def __anext__(self) -> bytes:
        if self._ended:
            raise StopAsyncIteration
        event = await self._events.next()
        if not isinstance(event, bytes):
            self._ended = True
            raise StopAsyncIteration
        self._size += len(event)
        if self._size > self._limit:
            raise UploadTooLarge(limit=self._limit)
        return event


async def _field_value(events: Events, name: str, limit: int) -> str:
    value = bytearray()
    while isinstance(event := await events.next(), bytes):
        value += event
        if len(value) > limit:
            raise FieldTooLarge(field=name, limit=limit)
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedForm(reason=f"the field {name} is not UTF-8 text") from error
