"""The upload: from the socket to S3 parts, and either a meeting with its job at the end or no trace."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import PurePosixPath

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request

from scribe import jobs
from scribe.db import is_outage
from scribe.db.models import JobKind, Meeting
from scribe.media.errors import EmptyMedia, UnsupportedMedia
from scribe.media.info import MediaInfo
from scribe.media.sandbox import probe
from scribe.media.sniff import SNIFFED_BYTES, sniff
from scribe.storage import ObjectStore, StoredObject, keys
from scribe_api.deps import Principal
from scribe_api.errors import FileMissing, SecondFile
from scribe_api.gateway import Gateway
from scribe_api.meetings.schemas import TITLE_LENGTH, MeetingRead, UploadFields
from scribe_api.meetings.service import delete_objects
from scribe_api.metrics import UPLOADED_BYTES
from scribe_api.rendering import invalid_request
from scribe_api.schemas import one_line
from scribe_api.uploads import FormFile, FormLimits, UploadIncomplete, read_form

log = structlog.get_logger(__name__)

MIB = 1024 * 1024
FILENAME_LENGTH = 1024
UNNAMED = "recording"
FILE_FIELD = "file"


@dataclass(frozen=True)
class Received:
    """A recording that lies in S3 and the form it came with."""

    stored: StoredObject
    filename: str
    content_type: str
    fields: UploadFields


@dataclass(frozen=True)
class StoredRange:
    """An object in S3 as the probe reads it: by ranges, in bytes, the end exclusive."""

    store: ObjectStore
    key: str

    async def read(self, start: int, end: int) -> bytes:
        """Those bytes of the object. Raises StorageUnavailable."""
        return await self.store.read_range(self.key, start, end)


async def receive(gateway: Gateway, principal: Principal, request: Request) -> MeetingRead:
    """Stream the form's file into S3, look what it is, and queue it.

    Raises the errors of ``scribe_api.uploads``, ``scribe.media`` and ``scribe.storage``. Whatever
    goes wrong, a client that goes away included, neither a row nor an object is left.
    """
    meeting_id = uuid.uuid4()
    async with AsyncExitStack() as undo:
        undo.push_async_callback(_leave_no_trace, gateway, meeting_id)
        try:
            received = await _read_form(gateway, meeting_id, request)
        except ClientDisconnect as error:
            raise UploadIncomplete from error
        stored = received.stored
        source = StoredRange(gateway.store, stored.key)
        async with gateway.probing:
            info = await probe(source, size=stored.size, limits=gateway.settings.media)
        meeting = _meeting(meeting_id, principal, received, info)
        async with gateway.database.transaction() as session:
            session.add(meeting)
            await session.flush()
            job = await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)
        undo.pop_all()
    UPLOADED_BYTES.inc(stored.size)
    log.info("meeting_uploaded", meeting_id=str(meeting_id), size=stored.size, format=info.format)
    return MeetingRead.of(meeting, job)


async def _read_form(gateway: Gateway, meeting_id: uuid.UUID, request: Request) -> Received:
    limits = FormLimits(file_bytes=gateway.settings.api.max_upload_mib * MIB)
    fields: dict[str, str] = {}
    kept: tuple[StoredObject, str, str] | None = None
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
            kept = await _keep(gateway.store, meeting_id, part)
    if kept is None:
        raise FileMissing
    return Received(*kept, _validated(fields))


async def _keep(store: ObjectStore, meeting_id: uuid.UUID, file: FormFile) -> tuple[StoredObject, str, str]:
    """Put the file where its content says that it is a recording. Raises EmptyMedia, UnsupportedMedia."""
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
    filename = one_line(file.filename or "")[:FILENAME_LENGTH] or UNNAMED
    body = _joined(bytes(head), file.chunks)
    key = keys.source(meeting_id, filename)
    return await store.put_stream(key, body, content_type=content_type), filename, content_type


async def _joined(head: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield head
    async for chunk in rest:
        yield chunk


def _validated(fields: dict[str, str]) -> UploadFields:
    """Raises InvalidRequest; asked before the file, so that a wrong field costs no upload, and after."""
    try:
        return UploadFields.model_validate(fields)
    except ValidationError as error:
        raise invalid_request(error) from error


def _meeting(meeting_id: uuid.UUID, principal: Principal, received: Received, info: MediaInfo) -> Meeting:
    fields = received.fields
    stem = PurePosixPath(received.filename.replace("\\", "/")).stem
    return Meeting(
        id=meeting_id,
        owner_id=principal.user.id,
        title=fields.title or stem[:TITLE_LENGTH] or UNNAMED,
        filename=received.filename,
        source_key=received.stored.key,
        content_type=received.content_type,
        size=received.stored.size,
        duration=info.duration,
        format=info.format,
        codec=info.codec,
        bitrate=info.bitrate,
        sample_rate=info.sample_rate,
        channels=info.channels,
        has_video=info.has_video,
        language=fields.language,
        speakers=fields.speakers,
        options=fields.order,
    )


async def _leave_no_trace(gateway: Gateway, meeting_id: uuid.UUID) -> None:
    """Remove what was stored, even while the request is being cancelled."""
    await asyncio.shield(asyncio.ensure_future(_remove_unless_recorded(gateway, meeting_id)))


async def _remove_unless_recorded(gateway: Gateway, meeting_id: uuid.UUID) -> None:
    """A commit whose answer was lost may have happened: the recording of a row that exists is kept."""
    try:
        async with gateway.database.transaction() as session:
            recorded = await session.get(Meeting, meeting_id) is not None
    except (SQLAlchemyError, OSError) as error:
        if not is_outage(error):
            raise
        log.warning("objects_left", meeting_id=str(meeting_id), reason=str(error))
        return
    if not recorded:
        await delete_objects(gateway.store, meeting_id)
