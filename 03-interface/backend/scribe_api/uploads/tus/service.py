"""What can be done with a resumable upload: begin, send, tell, end."""

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request

from scribe import uploads
from scribe.db.models import Project, Upload, UploadKind, UploadState
from scribe.errors import ScribeError
from scribe.media.errors import EmptyMedia
from scribe.storage import StorageRefused, StorageUnavailable, keys
from scribe.storage.resumable import MOST_PARTS
from scribe_api.access.destination import destination
from scribe_api.access.principals import Principal
from scribe_api.gateway import Gateway
from scribe_api.meetings.intake import shown_filename, validated_fields
from scribe_api.uploads.tus.admission import MIB, admit_bytes
from scribe_api.uploads.tus.checksum import Checksum
from scribe_api.uploads.tus.errors import (
    FinalUploadFixed,
    LengthChanged,
    UploadLocked,
    UploadNotFound,
    UploadOverrun,
    WrongOffset,
)
from scribe_api.uploads.tus.finishing import fail, finish
from scribe_api.uploads.tus.joining import find_joined, find_pieces
from scribe_api.uploads.tus.lease import Lease, holding, until_quiet, writing
from scribe_api.uploads.tus.owner import find_upload, mark, require_alive
from scribe_api.uploads.tus.protocol import Concat
from scribe_api.uploads.tus.receiving import receive

log = structlog.get_logger(__name__)

CLIENTS_OWN = frozenset({"name", "type", "filetype", "relativePath"})
"""What well-known clients tell by themselves and nobody needs: the type is told by the content."""

FINISHING_S = 20.0
"""How long who asks where an upload stands waits for somebody who makes it a meeting just now."""


@dataclass(frozen=True)
class Announced:
    """What a client says about an upload when it begins it."""

    concat: Concat
    length: int | None
    header: str | None
    metadata: dict[str, str]


@dataclass(frozen=True)
class Bytes:
    """What a client sends: from which offset on, and what it says about the whole of it."""

    offset: int
    size: int | None = None
    length: int | None = None
    checksum: Checksum | None = None


async def begin(gateway: Gateway, principal: Principal, announced: Announced) -> Upload:
    """Make the upload, so that a wrong field or too large a file costs no byte.

    Raises InvalidRequest, EmptyMedia, PiecesUnfinished, UnsupportedMedia, and the errors of
    ``access.destination`` and of quotas.
    """
    told = {name: value for name, value in announced.metadata.items() if name not in CLIENTS_OWN}
    filename = shown_filename(told.pop("filename", None) or announced.metadata.get("name"))
    fields = validated_fields(told)
    if announced.length == 0:
        raise EmptyMedia
    async with gateway.database.transaction() as session:
        project = await destination(session, principal, fields.project_id)
        if (joined := await find_joined(session, principal, announced.concat.pieces)) is not None:
            return joined
        pieces = await find_pieces(session, principal, announced.concat.pieces)
        upload = _upload(gateway, announced, project, filename, told, pieces)
        lease = Lease(gateway, upload.id)
        if pieces:
            lease.put_on(upload)
        mark(upload, principal)
        session.add(upload)
        await session.flush()
        if upload.length is not None:
            await admit_bytes(session, gateway.settings, upload, upload.length)
        for each in (upload, *pieces):
            await uploads.prolong(session, each, gateway.settings.uploads)
    if pieces:
        async with holding(lease):
            return await finish(gateway, lease, upload)
    log.info("upload_begun", upload_id=str(upload.id), kind=upload.kind, length=upload.length)
    return upload


def _upload(
    gateway: Gateway,
    announced: Announced,
    project: Project,
    filename: str,
    fields: dict[str, str],
    pieces: list[Upload],
) -> Upload:
    upload_id, meeting_id = uuid.uuid4(), uuid.uuid4()
    length = sum(piece.length or 0 for piece in pieces) if pieces else announced.length
    largest = length or gateway.settings.api.max_upload_mib * MIB
    part_size = gateway.settings.s3.part_mib * MIB
    is_piece = announced.concat.kind == UploadKind.PARTIAL
    return Upload(
        id=upload_id,
        kind=announced.concat.kind,
        state=UploadState.RECEIVED if pieces else UploadState.OPEN,
        project_id=project.id,
        meeting_id=meeting_id,
        filename=filename,
        fields=fields,
        announced=announced.header,
        pieces=[piece.id for piece in pieces],
        key=keys.piece(upload_id) if is_piece else keys.source(meeting_id, filename),
        length=length,
        received=0,
        part_size=max(part_size, -(-largest // MOST_PARTS)),
        expires_at=datetime.now(UTC),
    )


async def send(
    gateway: Gateway, principal: Principal, upload_id: uuid.UUID, sent: Bytes, request: Request
) -> Upload:
    """Take in bytes; the last ones make it a meeting.

    Raises UploadNotFound, UploadExpired, UploadFailed, UploadLocked, WrongOffset, LengthChanged,
    FinalUploadFixed, UploadOverrun, and the errors of ``receiving`` and ``finishing``.
    """
    async with gateway.database.transaction() as session:
        upload = await find_upload(session, principal, upload_id)
    require_alive(upload)
    if upload.kind == UploadKind.FINAL:
        raise FinalUploadFixed
    async with writing(gateway, upload_id, wait_s=gateway.settings.uploads.wait_s) as lease:
        upload = await _expected(gateway, lease, sent)
        if upload.state == UploadState.OPEN:
            try:
                upload = await receive(gateway, lease, upload, request, sent.checksum)
            except ScribeError as error:
                if error.permanent and not isinstance(error, UploadOverrun):
                    await fail(gateway, lease, error)
                raise
        return await _finished(gateway, lease, upload)


async def send_along(
    gateway: Gateway, principal: Principal, upload_id: uuid.UUID, sent: Bytes, request: Request
) -> Upload:
    """As ``send``, for an upload whose address nobody was told yet: when it fails, nothing is left of it."""
    try:
        return await send(gateway, principal, upload_id, sent, request)
    except (ScribeError, HTTPException):
        with suppress(UploadLocked, UploadNotFound):
            await end(gateway, principal, upload_id)
        raise


async def _expected(gateway: Gateway, lease: Lease, sent: Bytes) -> Upload:
    """The upload, if it can take these bytes; the length is noted where it is told only now."""
    async with gateway.database.transaction() as session:
        upload = await lease.hold(session)
        require_alive(upload)
        if sent.offset != upload.received:
            raise WrongOffset(offset=upload.received)
        if sent.length is not None and sent.length != upload.length:
            if upload.length is not None or sent.length < upload.received:
                raise LengthChanged
            await admit_bytes(session, gateway.settings, upload, sent.length)
            upload.length = sent.length
        if upload.length is not None and sent.size and sent.offset + sent.size > upload.length:
            raise UploadOverrun(length=upload.length)
    return upload


async def _finished(gateway: Gateway, lease: Lease, upload: Upload) -> Upload:
    return await finish(gateway, lease, upload) if upload.state == UploadState.RECEIVED else upload


async def tell(gateway: Gateway, principal: Principal, upload_id: uuid.UUID) -> Upload:
    """The caller's upload, as it is. Raises UploadNotFound."""
    async with gateway.database.transaction() as session:
        return await find_upload(session, principal, upload_id)


async def resume(gateway: Gateway, principal: Principal, upload_id: uuid.UUID) -> Upload:
    """The upload as the next bytes will find it; one that only waits to become a meeting becomes one.

    Raises UploadNotFound, UploadExpired, UploadFailed, UploadLocked, and the errors of ``finishing``.
    """
    await tell(gateway, principal, upload_id)
    await until_quiet(gateway, upload_id)
    upload = await tell(gateway, principal, upload_id)
    require_alive(upload)
    if upload.state == UploadState.RECEIVED:
        upload = await take_up(gateway, upload_id, wait_s=FINISHING_S)
        require_alive(upload)
    return upload


async def take_up(gateway: Gateway, upload_id: uuid.UUID, *, wait_s: float) -> Upload:
    """Finish what another request has left. Raises UploadLocked and the errors of ``finishing``."""
    async with writing(gateway, upload_id, wait_s=wait_s) as lease:
        async with gateway.database.transaction() as session:
            upload = await lease.hold(session)
        return await _finished(gateway, lease, upload)


async def end(gateway: Gateway, principal: Principal, upload_id: uuid.UUID) -> None:
    """Give the upload up; a meeting that it became stays. Raises UploadNotFound, UploadLocked."""
    async with gateway.database.transaction() as session:
        await find_upload(session, principal, upload_id)
    async with (
        writing(gateway, upload_id, wait_s=gateway.settings.uploads.wait_s) as lease,
        gateway.database.transaction() as session,
    ):
        upload = await lease.hold(session, ends=True)
        await uploads.give_up(session, upload)
    if upload.state == UploadState.DONE and upload.kind != UploadKind.PARTIAL:
        return
    try:
        await uploads.remove_objects(gateway.store, upload)
    except (StorageUnavailable, StorageRefused) as error:
        log.warning("upload_objects_left", upload_id=str(upload_id), reason=str(error))
