"""The upload: from the socket to S3 parts, and either a meeting with its job at the end or no trace."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog
from starlette.requests import ClientDisconnect, Request

from scribe import deletions
from scribe.db import DATABASE_ERRORS, is_outage
from scribe.db.models import Meeting
from scribe.media.errors import EmptyMedia, UnsupportedMedia
from scribe.media.sniff import SNIFFED_BYTES, sniff
from scribe.storage import keys
from scribe.storage.digest import Digest
from scribe_api.access.destination import destination
from scribe_api.access.principals import KeyHolder, Principal
from scribe_api.errors import FileMissing, SecondFile
from scribe_api.gateway import Gateway
from scribe_api.meetings.intake import Recording, admit, shown_filename, validated_fields
from scribe_api.meetings.probing import early_probe
from scribe_api.meetings.schemas import MeetingUploaded, UploadFields
from scribe_api.meetings.service import delete_objects
from scribe_api.quotas.admission import admit_bytes
from scribe_api.uploads import FormField, FormFile, FormLimits, UploadIncomplete, read_form

log = structlog.get_logger(__name__)

MIB = 1024 * 1024
FILE_FIELD = "file"
FORM_OVERHEAD = 64 * 1024
"""More than the fields and the boundaries of a form make it longer than its file."""
ASKED_EVERY = 8 * MIB


Understand = Callable[[Sequence[FormField]], UploadFields]


def own_form(fields: Sequence[FormField]) -> UploadFields:
    """The fields of our own form. Raises InvalidRequest."""
    return validated_fields({field.name: field.value for field in fields})


async def receive(
    gateway: Gateway, principal: Principal, request: Request, *, understand: Understand = own_form
) -> MeetingUploaded:
    """Stream the form's file into S3, look what it is, and queue it.

    understand: makes an upload of the fields; asked before the file and again when all have come

    Raises the errors of ``scribe_api.uploads``, ``scribe.media`` and ``scribe.storage``. Whatever
    goes wrong, a client that goes away included, neither a row nor an object is left.
    """
    meeting_id = uuid.uuid4()
    await _note_deletion(gateway, meeting_id)
    async with AsyncExitStack() as undo:
        undo.push_async_callback(_leave_no_trace, gateway, meeting_id)
        try:
            recording, fields = await _read_form(gateway, principal, meeting_id, request, understand)
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
    gateway: Gateway,
    principal: Principal,
    meeting_id: uuid.UUID,
    request: Request,
    understand: Understand,
) -> tuple[Recording, UploadFields]:
    limits = FormLimits(file_bytes=gateway.settings.api.max_upload_mib * MIB)
    fields: list[FormField] = []
    kept: Recording | None = None
    content_type = request.headers.get("content-type", "")
    async for part in read_form(request.stream(), content_type, limits):
        if not isinstance(part, FormFile):
            fields.append(part)
        elif part.name != FILE_FIELD:
            raise FileMissing
        elif kept is not None:
            raise SecondFile
        else:
            early = understand(fields)  # so that a wrong one costs no upload
            require_room = partial(_require_room, gateway, principal, early.project_id)
            announced = request.headers.get("content-length", "")
            await require_room(max(0, int(announced) - FORM_OVERHEAD) if announced.isdecimal() else 0)
            file = part if announced else replace(part, chunks=_asking(part.chunks, require_room))
            kept = await _keep(gateway, meeting_id, file)
    if kept is None:
        raise FileMissing
    return kept, understand(fields)


async def _require_room(
    gateway: Gateway, principal: Principal, project_id: uuid.UUID | None, size: int
) -> None:
    """Refuse before the bytes flow; a project that is named after the file is asked when it is known.

    Raises the errors of ``access.destination`` and ``quotas.admission``.
    """
    async with gateway.database.transaction() as session:
        known = project_id is not None or isinstance(principal, KeyHolder)
        project = await destination(session, principal, project_id) if known else None
        await admit_bytes(session, gateway.settings.quotas, project, principal.acts_for, size)


async def _asking(
    chunks: AsyncIterator[bytes], require_room: Callable[[int], Awaitable[None]]
) -> AsyncIterator[bytes]:
    """A file whose length nobody told: whether it has room is asked as it comes."""
    size = asked = 0
    async for chunk in chunks:
        size += len(chunk)
        if size - asked >= ASKED_EVERY:
            await require_room(size)
            asked = size
        yield chunk


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
        digest = Digest()
        body = _joined(bytes(head), file.chunks, digest, at_end=probe.begin)
        stored = await gateway.store.put_stream(key, body, content_type=content_type)
        media, sha256 = await asyncio.gather(probe.look(stored), digest.hexdigest())
        return Recording(stored, filename, content_type, media, sha256)


async def _joined(
    head: bytes, rest: AsyncIterator[bytes], digest: Digest, *, at_end: Callable[[], object]
) -> AsyncIterator[bytes]:
    await digest.feed(head)
    yield head
    async for chunk in rest:
        await digest.feed(chunk)
        yield chunk
    at_end()


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
