"""All bytes are there: make them one object, look at it, and make it a meeting.

Every step may be repeated, by this request, the next one or another instance, until the one transaction
that makes the meeting has also marked the upload as done.
"""

import asyncio
import uuid
from collections.abc import Sequence

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe import deletions, uploads
from scribe.db.models import Upload, UploadKind, UploadPart, UploadState
from scribe.errors import ScribeError
from scribe.media.info import MediaInfo
from scribe.media.sniff import UNKNOWN_TYPE
from scribe.storage import ObjectHead, StorageRefused, StorageUnavailable, StoredObject, keys
from scribe.storage.digest import sha256_of
from scribe_api.gateway import Gateway
from scribe_api.meetings.intake import Recording, admit, validated_fields
from scribe_api.meetings.probing import early_probe
from scribe_api.uploads.tus import joining
from scribe_api.uploads.tus.errors import UploadLocked, UploadLost, UploadNotFound
from scribe_api.uploads.tus.lease import Lease
from scribe_api.uploads.tus.owner import owner

log = structlog.get_logger(__name__)

MESSAGE_LENGTH = 2000
MOST_ATTEMPTS = 5
NOT_OURS = (UploadLocked, UploadNotFound)
"""Another request has taken the upload over, or it is gone with its project or account."""


async def finish(gateway: Gateway, lease: Lease, upload: Upload) -> Upload:
    """The upload as DONE: a meeting, or a whole piece of one.

    Raises the errors of ``scribe.media``, ``scribe.storage``, ``meetings.intake`` and UploadLost. An
    error that will not pass ends the upload; after any other one, somebody tries again, but not for ever.
    """
    try:
        head = await _one_object(gateway, upload)
        if upload.kind == UploadKind.PARTIAL:
            return await _done(gateway, lease)
        await _admit(gateway, lease, upload, head)
    except ScribeError as error:
        if error.permanent or await _tried_enough(gateway, lease, error):
            await fail(gateway, lease, error)
        raise
    gateway.digests.forget(upload.id)
    async with gateway.database.transaction() as session:
        done = await session.get_one(Upload, upload.id)
    await _tidy(gateway, done)
    return done


async def fail(gateway: Gateway, lease: Lease, error: ScribeError) -> None:
    """End the upload, tell why to whoever asks, and remove its objects; another's is left to that one."""
    try:
        async with gateway.database.transaction() as session:
            upload = await lease.hold(session, ends=True)
            await uploads.end(session, upload, UploadState.FAILED, gateway.settings.uploads)
            upload.error_code, upload.error_message = error.code, str(error)[:MESSAGE_LENGTH]
    except NOT_OURS:
        return
    gateway.digests.forget(upload.id)
    log.info("upload_failed", upload_id=str(upload.id), code=error.code)
    try:
        await uploads.remove_objects(gateway.store, upload)
    except (StorageUnavailable, StorageRefused) as left:
        log.warning("objects_left", upload_id=str(upload.id), reason=str(left))


async def _tried_enough(gateway: Gateway, lease: Lease, error: ScribeError) -> bool:
    """Count the attempt, unless a server or its settings are to blame: that costs no recording."""
    if error.outage or isinstance(error, StorageRefused):
        return False
    try:
        async with gateway.database.transaction() as session:
            upload = await lease.hold(session)
            upload.attempts += 1
            return upload.attempts >= MOST_ATTEMPTS
    except NOT_OURS:
        return False


async def _one_object(gateway: Gateway, upload: Upload) -> ObjectHead:
    if upload.kind == UploadKind.FINAL:
        upload.content_type = await joining.sniff_pieces(gateway, upload)
        await joining.join(gateway, upload)
    elif upload.storage_id is not None:
        async with gateway.database.transaction() as session:
            parts = select(UploadPart.etag).where(UploadPart.upload_id == upload.id)
            etags = (await session.scalars(parts.order_by(UploadPart.number))).all()
        await gateway.store.resumable.complete(upload.key, upload.storage_id, etags)
    head = await gateway.store.head(upload.key)
    if head is None or head.size != upload.length:
        raise UploadLost
    return head


async def _admit(gateway: Gateway, lease: Lease, upload: Upload, head: ObjectHead) -> None:
    async with gateway.database.transaction() as session:
        principal = await owner(session, upload)
    media, sha256 = await _look(gateway, upload, head)
    recording = Recording(
        StoredObject(head.key, head.size, head.etag),
        upload.filename,
        upload.content_type or UNKNOWN_TYPE,
        media,
        sha256,
    )
    fields = validated_fields({**upload.fields, "project_id": str(upload.project_id)})

    async def mark_as_done(session: AsyncSession, duplicates: Sequence[uuid.UUID]) -> None:
        held = await lease.hold(session, ends=True)
        held.state, held.lease_owner, held.lease_until = UploadState.DONE, None, None
        held.received, held.tail_key = head.size, None
        held.sha256, held.duplicates = sha256, list(duplicates)
        await deletions.note(session, keys.upload(held.id))

    await admit(gateway, principal, upload.meeting_id, recording, fields, within=mark_as_done)


async def _look(gateway: Gateway, upload: Upload, head: ObjectHead) -> tuple[MediaInfo, str]:
    """What the recording is, and its SHA-256."""
    async with early_probe(gateway) as probe:
        looking = asyncio.create_task(probe.look(StoredObject(head.key, head.size, head.etag)))
        hashing = asyncio.create_task(_sha256(gateway, upload, head))
        try:
            return await asyncio.gather(looking, hashing)
        finally:
            looking.cancel()
            hashing.cancel()
            await asyncio.gather(looking, hashing, return_exceptions=True)


async def _sha256(gateway: Gateway, upload: Upload, head: ObjectHead) -> str:
    """Of the bytes that came by, else of those that are read back; the former serve another attempt too."""
    digest = gateway.digests.take(upload.id, head.size)
    if digest is None:
        return await sha256_of(gateway.store.iter_range(head.key))
    gateway.digests.keep(upload.id, digest)
    return await digest.hexdigest()


async def _done(gateway: Gateway, lease: Lease) -> Upload:
    async with gateway.database.transaction() as session:
        upload = await lease.hold(session)
        upload.state = UploadState.DONE
        await uploads.prolong(session, upload, gateway.settings.uploads)
        await session.refresh(upload)
    return upload


async def _tidy(gateway: Gateway, upload: Upload) -> None:
    """Remove what a process left that died between a call to S3 and its commit, and used-up pieces."""
    try:
        if upload.storage_id is not None:
            await gateway.store.resumable.abort_all(upload.key)
        await gateway.store.delete_prefix(keys.upload(upload.id))
        await joining.forget_pieces(gateway, upload)
    except (StorageUnavailable, StorageRefused) as error:
        log.warning("upload_objects_left", upload_id=str(upload.id), reason=str(error))
