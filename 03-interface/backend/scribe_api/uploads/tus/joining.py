"""Put pieces together: S3 copies them where it can, else they stream through this process."""

import uuid
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe import uploads
from scribe.db.models import Upload, UploadKind, UploadState
from scribe.media.errors import UnsupportedMedia
from scribe.media.sniff import SNIFFED_BYTES, UNKNOWN_TYPE, sniff
from scribe.storage import keys
from scribe.storage.resumable import LARGEST_COPY, SMALLEST_PART, CopyNotSupported
from scribe_api.access.principals import Principal
from scribe_api.gateway import Gateway
from scribe_api.uploads.tus.errors import PiecesUnfinished, UploadLost
from scribe_api.uploads.tus.owner import belongs_to

log = structlog.get_logger(__name__)


async def find_pieces(session: AsyncSession, principal: Principal, ids: Sequence[uuid.UUID]) -> list[Upload]:
    """The caller's finished pieces in that order, locked. Raises PiecesUnfinished."""
    finished = select(Upload).where(
        Upload.id.in_(ids),
        Upload.kind == UploadKind.PARTIAL,
        Upload.state == UploadState.DONE,
        *belongs_to(principal),
    )
    found = {piece.id: piece for piece in await session.scalars(finished.with_for_update())}
    if len(found) != len(ids):
        raise PiecesUnfinished
    return [found[each] for each in ids]


async def find_joined(session: AsyncSession, principal: Principal, ids: Sequence[uuid.UUID]) -> Upload | None:
    """What the caller has put together of them before, for one whom that answer did not reach."""
    if not ids:
        return None
    same = select(Upload).where(
        Upload.kind == UploadKind.FINAL,
        Upload.pieces == list(ids),
        Upload.state.in_((UploadState.RECEIVED, UploadState.DONE)),
        *belongs_to(principal),
    )
    return await session.scalar(same.limit(1))


async def join(gateway: Gateway, upload: Upload) -> None:
    """Make the pieces the object of the final upload; done again, it makes the same object again."""
    async with gateway.database.transaction() as session:
        rows = await session.scalars(select(Upload).where(Upload.id.in_(upload.pieces)))
        lengths = {row.id: row.length or 0 for row in rows}
    if len(lengths) != len(upload.pieces):
        raise UploadLost
    spans = [(keys.piece(each), lengths[each]) for each in upload.pieces if lengths[each]]
    content_type = upload.content_type or UNKNOWN_TYPE
    if all(size >= SMALLEST_PART for _, size in spans[:-1]):
        try:
            await _copy(gateway, upload.key, spans, content_type)
        except CopyNotSupported:
            await gateway.store.resumable.abort_all(upload.key)
            log.info("storage_copies_no_parts", upload_id=str(upload.id))
        else:
            return
    await gateway.store.delete(upload.key)
    await gateway.store.put_stream(upload.key, _through(gateway, spans), content_type=content_type)


async def _copy(gateway: Gateway, key: str, spans: list[tuple[str, int]], content_type: str) -> None:
    store = gateway.store.resumable
    await store.abort_all(key)
    storage_id = await store.begin(key, content_type=content_type)
    etags: list[str] = []
    for source, size in spans:
        for span in _slices(size):
            etags.append(await store.copy_part(key, storage_id, len(etags) + 1, source=source, span=span))
    await store.complete(key, storage_id, etags)


async def sniff_pieces(gateway: Gateway, upload: Upload) -> str:
    """The recording's content type by its first bytes. Raises UnsupportedMedia."""
    head = await gateway.store.read_range(keys.piece(upload.pieces[0]), 0, SNIFFED_BYTES)
    content_type = sniff(head)
    if content_type is None:
        raise UnsupportedMedia
    return content_type


def _slices(size: int) -> list[range]:
    """Ranges of at most LARGEST_COPY bytes, none of them too small for a part."""
    count = -(-size // LARGEST_COPY)
    cuts = [size * index // count for index in range(count + 1)]
    return [range(start, end) for start, end in pairwise(cuts)]


async def _through(gateway: Gateway, spans: list[tuple[str, int]]) -> AsyncIterator[bytes]:
    for source, _ in spans:
        async for chunk in gateway.store.iter_range(source):
            yield chunk


async def forget_pieces(gateway: Gateway, upload: Upload) -> None:
    """The pieces have served. Raises the errors of the storage."""
    if not upload.pieces:
        return
    async with gateway.database.transaction() as session:
        pieces = (await session.scalars(select(Upload).where(Upload.id.in_(upload.pieces)))).all()
        for piece in pieces:
            await uploads.give_up(session, piece)
    for piece in pieces:
        await uploads.remove_objects(gateway.store, piece)
