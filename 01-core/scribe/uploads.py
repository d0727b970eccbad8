"""What becomes of resumable uploads: how long they live, and what is left in S3 when they end."""

from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe import deletions
from scribe.db import Database
from scribe.db.models import Upload, UploadKind, UploadState
from scribe.settings import UploadSettings
from scribe.storage import ObjectStore, StorageRefused, keys

log = structlog.get_logger(__name__)

BATCH = 100
MARGIN = timedelta(hours=1)
"""How long after an upload's end its objects are deleted, should nobody have done so."""
UNTIL_FINISHED = timedelta(days=30)
"""How long a recording that has arrived whole is kept while no API instance turns it into a meeting."""
ENDED = (UploadState.DONE, UploadState.FAILED, UploadState.EXPIRED)


def unheld() -> ColumnElement[bool]:
    """Nobody writes to the upload, or whoever did has died."""
    return or_(Upload.lease_owner.is_(None), Upload.lease_until < func.now())


async def prolong(session: AsyncSession, upload: Upload, settings: UploadSettings) -> None:
    """Let the upload live on: something was heard of its client, or it waits for us alone.

    One that has become a meeting is left as it is: a note now would delete that meeting's recording.
    """
    if upload.state in ENDED and upload.kind != UploadKind.PARTIAL:
        return
    life = timedelta(hours=settings.expire_hours)
    upload.expires_at = datetime.now(UTC) + life
    await _note(session, upload, UNTIL_FINISHED if upload.state == UploadState.RECEIVED else life + MARGIN)
    await session.flush()


async def end(session: AsyncSession, upload: Upload, state: UploadState, settings: UploadSettings) -> None:
    """Give the upload up; its objects go, its row stays a while to tell what happened."""
    upload.state = state
    upload.lease_owner = upload.lease_until = None
    upload.expires_at = datetime.now(UTC) + timedelta(hours=settings.expire_hours)
    upload.tail_key = None
    await _note(session, upload, deletions.LATE_WRITERS)
    await session.flush()


async def give_up(session: AsyncSession, upload: Upload) -> None:
    """Forget the upload at once; its objects go."""
    if upload.state != UploadState.DONE or upload.kind == UploadKind.PARTIAL:
        await _note(session, upload, deletions.LATE_WRITERS)
    await session.execute(delete(Upload).where(Upload.id == upload.id))


async def remove_objects(store: ObjectStore, upload: Upload) -> None:
    """Remove parts, tails and recording of an upload that has ended. Raises the errors of the storage."""
    await store.resumable.abort_all(upload.key)
    await store.delete_prefix(keys.upload(upload.id))
    await store.delete(upload.key)


async def expire(database: Database, store: ObjectStore, settings: UploadSettings) -> int:
    """End the uploads that nobody went on with; returns how many. Raises StorageUnavailable.

    Objects that cannot be removed now have been noted, so that a later sweep deletes them.
    """
    count = 0
    for _ in range(BATCH):
        async with database.transaction() as session:
            forgotten = await session.scalar(
                select(Upload)
                .where(Upload.state == UploadState.OPEN, Upload.expires_at <= func.now(), unheld())
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            if forgotten is None:
                break
            await end(session, forgotten, UploadState.EXPIRED, settings)
        count += 1
        log.info("upload_expired", upload_id=str(forgotten.id), received=forgotten.received)
        try:
            await remove_objects(store, forgotten)
        except StorageRefused as error:
            log.warning("upload_objects_left", upload_id=str(forgotten.id), reason=str(error))
    async with database.transaction() as session:
        await session.execute(delete(Upload).where(Upload.state.in_(ENDED), Upload.expires_at <= func.now()))
    return count


async def open_storage_ids(database: Database) -> frozenset[str]:
    """The ids of the multipart uploads that somebody may still go on with."""
    async with database.transaction() as session:
        found = await session.scalars(
            select(Upload.storage_id).where(Upload.storage_id.is_not(None), Upload.state.not_in(ENDED))
        )
        return frozenset(storage_id for storage_id in found if storage_id is not None)


async def _note(session: AsyncSession, upload: Upload, after: timedelta) -> None:
    prefixes = {keys.upload(upload.id)}
    if upload.kind != UploadKind.PARTIAL:
        prefixes.add(keys.meeting(upload.meeting_id))
    for prefix in sorted(prefixes):
        await deletions.note(session, prefix, after)
