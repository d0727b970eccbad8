"""HTTP for resumable uploads: tus 1.0.0, and a reading of an upload's state as JSON."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response

from scribe.media.errors import (
    CorruptMedia,
    EmptyMedia,
    MediaProcessDied,
    MediaTimeout,
    MediaTooLong,
    MediaTooShort,
    NoAudioTrack,
    UnsupportedMedia,
)
from scribe.storage import StorageFull, StorageUnavailable
from scribe_api.access.deps import DetachedPrincipal, GatewayDep
from scribe_api.defence.errors import BodyStalled
from scribe_api.errors import ProjectNotFound, ProjectRequired
from scribe_api.openapi import protected
from scribe_api.quotas.errors import QUOTA_ERRORS
from scribe_api.uploads import UploadIncomplete, UploadTooLarge
from scribe_api.uploads.tus import errors, service
from scribe_api.uploads.tus.checksum import ALGORITHMS, read_checksum
from scribe_api.uploads.tus.protocol import (
    BODY_TYPE,
    EXTENSIONS,
    VERSION,
    headers_of,
    read_concat,
    read_metadata,
)
from scribe_api.uploads.tus.schemas import UploadRead

router = APIRouter(prefix="/uploads", tags=["uploads"])

LARGEST_OFFSET = 2**63 - 1
Size = Annotated[int | None, Header(ge=0, le=LARGEST_OFFSET)]
Text = Annotated[str | None, Header()]

_BODY: dict[str, Any] = {
    "requestBody": {"content": {BODY_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
}
_FINISHING = (
    EmptyMedia,
    UnsupportedMedia,
    NoAudioTrack,
    MediaTooShort,
    MediaTooLong,
    CorruptMedia,
    MediaTimeout,
    MediaProcessDied,
    UploadIncomplete,
    UploadTooLarge,
    *QUOTA_ERRORS,
    ProjectNotFound,
    errors.UploadLost,
    errors.UploadLocked,
    errors.UploadNotFound,
    StorageUnavailable,
    StorageFull,
)
_RECEIVING = (
    *_FINISHING,
    errors.TusVersionUnsupported,
    errors.ChecksumMismatch,
    errors.ChecksumUnknown,
    errors.WrongBodyType,
    errors.UploadOverrun,
    errors.UploadInterrupted,
    BodyStalled,
)


def _speaks_tus(tus_resumable: Annotated[str | None, Header(examples=[VERSION])] = None) -> None:
    if tus_resumable != VERSION:
        raise errors.TusVersionUnsupported


SpeaksTus = Depends(_speaks_tus)


@router.options("", include_in_schema=False)
@router.options("/{upload_id}", include_in_schema=False)
async def describe_uploads(gateway: GatewayDep) -> Response:
    """What of the protocol is spoken here."""
    told = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(gateway.settings.api.max_upload_mib << 20),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }
    return Response(status_code=204, headers=told)


@router.post(
    "",
    status_code=201,
    response_class=Response,
    dependencies=[SpeaksTus],
    responses=protected(*_RECEIVING, errors.HeaderMalformed, errors.PiecesUnfinished, ProjectRequired),
    openapi_extra=_BODY,
)
async def begin_upload(
    request: Request,
    gateway: GatewayDep,
    principal: DetachedPrincipal,
    upload_length: Size = None,
    upload_defer_length: Annotated[int | None, Header(ge=1, le=1)] = None,
    upload_metadata: Text = None,
    upload_concat: Text = None,
    upload_checksum: Text = None,
) -> Response:
    """Begin an upload; `Location` is where its bytes go. The fields of the upload form are its metadata.

    A body sent along counts as its first bytes. `Upload-Concat: final;…` puts finished pieces together.
    """
    concat = read_concat(upload_concat)
    if not concat.pieces and (upload_length is None) == (upload_defer_length is None):
        raise errors.HeaderMalformed(
            header="Upload-Length", problem="name the length, or defer it with `Upload-Defer-Length: 1`"
        )
    checksum, brings_bytes = read_checksum(upload_checksum), _brings_bytes(request)
    announced = service.Announced(concat, upload_length, upload_metadata, read_metadata(upload_metadata))
    upload = await service.begin(gateway, principal, announced)
    if brings_bytes:
        sent = service.Bytes(0, _announced_size(request), checksum=checksum)
        upload = await service.send_along(gateway, principal, upload.id, sent, request)
    address = _address(request)
    told = {**headers_of(upload, address=address), "Location": f"{address}/{upload.id}"}
    return Response(status_code=201, headers=told)


@router.head(
    "/{upload_id}",
    response_class=Response,
    dependencies=[SpeaksTus],
    responses=protected(*_FINISHING, errors.TusVersionUnsupported, errors.UploadExpired, errors.UploadFailed),
)
async def locate_upload(
    upload_id: uuid.UUID, request: Request, gateway: GatewayDep, principal: DetachedPrincipal
) -> Response:
    """From which byte on the upload continues."""
    upload = await service.resume(gateway, principal, upload_id)
    return Response(headers=dict(headers_of(upload, address=_address(request))))


@router.patch(
    "/{upload_id}",
    status_code=204,
    response_class=Response,
    dependencies=[SpeaksTus],
    responses=protected(
        *_RECEIVING,
        errors.UploadExpired,
        errors.UploadFailed,
        errors.WrongOffset,
        errors.LengthChanged,
        errors.FinalUploadFixed,
    ),
    openapi_extra=_BODY,
)
async def send_bytes(
    upload_id: uuid.UUID,
    request: Request,
    gateway: GatewayDep,
    principal: DetachedPrincipal,
    upload_offset: Annotated[int, Header(ge=0, le=LARGEST_OFFSET)],
    upload_length: Size = None,
    upload_checksum: Text = None,
) -> Response:
    """Send bytes; what arrived before a connection broke is kept.

    The answer to the last ones names the meeting in `Upload-Meeting`.
    """
    if _content_type(request) != BODY_TYPE:
        raise errors.WrongBodyType
    sent = service.Bytes(
        upload_offset, _announced_size(request), upload_length, read_checksum(upload_checksum)
    )
    upload = await service.send(gateway, principal, upload_id, sent, request)
    return Response(status_code=204, headers=dict(headers_of(upload, address=_address(request))))


@router.delete(
    "/{upload_id}",
    status_code=204,
    response_class=Response,
    dependencies=[SpeaksTus],
    responses=protected(
        errors.UploadNotFound, errors.UploadLocked, errors.TusVersionUnsupported, ProjectNotFound
    ),
)
async def end_upload(upload_id: uuid.UUID, gateway: GatewayDep, principal: DetachedPrincipal) -> Response:
    """Give the upload up and remove what it has stored; a meeting that it became stays."""
    await service.end(gateway, principal, upload_id)
    return Response(status_code=204)


@router.get("/{upload_id}", responses=protected(errors.UploadNotFound, ProjectNotFound))
async def read_upload(upload_id: uuid.UUID, gateway: GatewayDep, principal: DetachedPrincipal) -> UploadRead:
    """Where the upload stands and what became of it, for a client that lost the last answer."""
    return UploadRead.of(await service.tell(gateway, principal, upload_id))


def _address(request: Request) -> str:
    return str(request.app.url_path_for("begin_upload"))


def _content_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _announced_size(request: Request) -> int | None:
    announced = request.headers.get("content-length", "")
    return int(announced) if announced.isdecimal() else None


def _brings_bytes(request: Request) -> bool:
    """Whether bytes come with a creation. Raises WrongBodyType for those of another type."""
    if not _announced_size(request) and "transfer-encoding" not in request.headers:
        return False
    if _content_type(request) != BODY_TYPE:
        raise errors.WrongBodyType
    return True
