"""The upload: from the socket to S3 parts, and either a meeting with its job at the end or no trace."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import timedelta

import structlog
from pydantic import ValidationError
from starlette.requests import ClientDisconnect, Request

from scribe import deletions
from scribe.db import DATABASE_ERRORS, is_outage
from scribe.db.models import Meeting
from scribe.media.errors import EmptyMedia, UnsupportedMedia
from scribe.media.sniff import SNIFFED_BYTES, sniff
from scribe.storage import keys
from scribe_api.access.principals import Principal
from scribe_api.errors import FileMissing, SecondFile
from scribe_api.gateway import Gateway
from scribe_api.meetings.intake import Recording, admit, shown_filename
from scribe_api.meetings.probing import early_probe
from scribe_api.meetings.schemas import MeetingRead, UploadFields
from scribe_api.meetings.service import delete_objects
from scribe_api.rendering import invalid_request
from scribe_api.uploads import FormFile, FormLimits, UploadIncomplete, read_form

log = structlog.get_logger(__name__)

MIB = 1024 * 1024
FILE_FIELD = "file"


async def receive(gateway: Gateway, principal: Principal, request: Request) -> MeetingRead:
    """Stream the form's file into S3, look what it is, and queue it.

    Raises the errors of ``scribe_api.uploads``, ``scribe.media`` and ``scribe.storage``. Whatever
    goes wrong, a client that goes away included, neither a row nor an object is left.
    """
    meeting_id = uuid.uuid4()
    await _note_deletion(gateway, meeting_id)
    async with AsyncExitStack() as undo:
        undo.push_async_callback(_leave_no_trace, gateway, meeting_id)
        try:
            recording, fields = await _read_form(gateway, meeting_id, request)
        except ClientDisconnect as error:
            raise UploadIncomplete from error
        meeting = await admit(gateway, principal, meeting_id, recording, fields)
        undo.pop_all()
    return meeting


async def _note_deletion(gateway: Gateway, meeting_id: uuid.UUID) -> None:
    """Have the objects deleted should this process die before the meeting is recorded."""
    patience = timedelta(hours=gateway.settings.s3.stale_upload_hours)
    async with gateway.database.transaction() as session:
        await deletions.note(session, keys.meeting(meeting_id), patience)


async def _read_form(
    gateway: Gateway, meeting_id: uuid.UUID, request: Request
) -> tuple[Recording, UploadFields]:
    limits = FormLimits(file_bytes=gateway.settings.api.max_upload_mib * MIB)
    fields: dict[str, str] = {}
    kept: Recording | None = None
    content_type = request.headers.get("content-type", "")
    async for part in read_form(request.stream(), content_type, limits):
        if not isinstance(part, FormFile):
            fields[part.name] = part.value
        elif part.name != FILE_FIELD:
            raise FileMissing
        elif kept is not None:
            raise SecondFile
        else:
            _validated(fields)
            kept = await _keep(gateway, meeting_id, part)
    if kept is None:
        raise FileMissing
    return kept, _validated(fields)


async def _keep(gateway: Gateway, meeting_id: uuid.UUID, file: FormFile) -> Recording:
    """Put the file into S3 and look at it. Raises the errors of ``scribe.media`` and ``scribe.storage``."""
    head = bytearray()
    async for chunk in file.chunks:
        head += chunk
        if len(head) >= SNIFFED_BYTES:
            break
    if not head:
        raise EmptyMedia
    content_type = sniff(bytes(head[:SNIFFED_BYTES]))
    if content_type is None:
        raise UnsupportedMedia
    filename = shown_filename(file.filename)
    key = keys.source(meeting_id, filename)
    async with early_probe(gateway) as probe:
        body = _joined(bytes(head), file.chunks, at_end=probe.begin)
        stored = await gateway.store.put_stream(key, body, content_type=content_type)
        return Recording(stored, filename, content_type, await probe.look(stored))


async def _joined(
    head: bytes, rest: AsyncIterator[bytes], *, at_end: Callable[[], object]
) -> AsyncIterator[bytes]:
    yield head
    async for chunk in rest:
        yield chunk
    at_end()


def _validated(fields: dict[str, str]) -> UploadFields:
    """Raises InvalidRequest; asked before the file, so that a wrong field costs no upload, and after."""
    try:
        form = UploadFields.model_validate({name: value for name, value in fields.items() if value})
        form.asked({})
    except ValidationError as error:
        raise invalid_request(error) from error
    return form


async def _leave_no_trace(gateway: Gateway, meeting_id: uuid.UUID) -> None:
    """Remove what was stored, even while the request is being cancelled."""
    await asyncio.shield(asyncio.ensure_future(_remove_unless_recorded(gateway, meeting_id)))


async def _remove_unless_recorded(gateway: Gateway, meeting_id: uuid.UUID) -> None:
    """A commit whose answer was lost may have happened: the recording of a row that exists is kept."""
    try:
        async with gateway.database.transaction() as session:
            recorded = await session.get(Meeting, meeting_id) is not None
            if not recorded:
                await deletions.note(session, keys.meeting(meeting_id))
    except DATABASE_ERRORS as error:
        if not is_outage(error):
            raise
        log.warning("objects_left", meeting_id=str(meeting_id), reason=str(error))
        return
    if not recorded:
        await delete_objects(gateway.store, meeting_id)
