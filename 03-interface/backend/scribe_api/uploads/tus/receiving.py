"""From the socket into S3 parts that outlive the request: what has arrived is kept, however it ends.

S3 is written first and the row's offset after it. A process that dies between the two leaves bytes that
do not count: the next ones overwrite them, for parts are cut at the same places by whoever cuts them.
"""

import asyncio
import time
from collections.abc import Sequence

import structlog
from starlette.requests import Request

from scribe import uploads
from scribe.db.models import Upload, UploadKind, UploadPart, UploadState
from scribe.media.errors import EmptyMedia, UnsupportedMedia
from scribe.media.sniff import SNIFFED_BYTES, UNKNOWN_TYPE, sniff
from scribe.storage import StorageRefused, StorageUnavailable, keys
from scribe.storage.digest import Digest
from scribe.storage.parts import Part
from scribe.storage.settle import settle
from scribe_api.gateway import Gateway
from scribe_api.uploads.tus.admission import admit_bytes
from scribe_api.uploads.tus.arriving import arriving
from scribe_api.uploads.tus.checksum import Checksum
from scribe_api.uploads.tus.errors import UploadInterrupted, UploadOverrun
from scribe_api.uploads.tus.lease import Lease

log = structlog.get_logger(__name__)

TAIL_EVERY_S = 10.0
WORTH_A_TAIL = 256 << 10
"""So many bytes are put in safety in every silence, fewer only every so often."""


class Receiving:
    """One request's bytes on their way; ``upload`` is what has been committed so far."""

    def __init__(self, gateway: Gateway, lease: Lease, upload: Upload, checksum: Checksum | None) -> None:
        self.upload = upload
        self._gateway = gateway
        self._lease = lease
        self._checksum = checksum
        self._digest: Digest | None = gateway.digests.take(upload.id, upload.received)
        self._total = upload.received
        self._parts = upload.received // upload.part_size
        self._part = Part()
        self._storing: asyncio.Task[None] | None = None
        self._uncommitted: list[str] = []
        self._storage_id = upload.storage_id
        self._content_type = upload.content_type
        self._safe_since = -TAIL_EVERY_S

    async def receive(self, request: Request) -> None:
        """Take in the whole body.

        Raises UploadInterrupted, after what has come until then is stored, and ChecksumMismatch,
        UploadOverrun, UnsupportedMedia, EmptyMedia and the errors of the storage and of quotas.
        """
        try:
            await self._fetch_tail()
            try:
                async for chunk in arriving(request, self._gateway.settings.uploads):
                    self._lease.idle = chunk is None
                    if chunk is None:
                        await self._put_in_safety_at_times()
                    else:
                        await self._take(chunk)
                self._lease.idle = False
            except UploadInterrupted:
                self._lease.idle = False
                await self._put_in_safety()
                raise
            await self._finish()
        finally:
            if self._storing is not None:
                self._storing.cancel()
                await asyncio.gather(self._storing, return_exceptions=True)
            if self._digest is not None and self._digest.size == self.upload.received:
                await self._digest.flush()
                self._gateway.digests.keep(self.upload.id, self._digest)

    async def _fetch_tail(self) -> None:
        if self.upload.tail_key is not None:
            async for chunk in self._gateway.store.iter_range(self.upload.tail_key):
                self._part.append(memoryview(chunk))

    async def _take(self, chunk: bytes) -> None:
        if self.upload.length is not None and self._total + len(chunk) > self.upload.length:
            raise UploadOverrun(length=self.upload.length)
        self._total += len(chunk)
        if self._checksum is not None:
            self._checksum.feed(chunk)
        if self._digest is not None:
            await self._digest.feed(chunk)
        rest = memoryview(chunk)
        while len(self._part) + len(rest) >= self.upload.part_size:
            missing = self.upload.part_size - len(self._part)
            self._part.append(rest[:missing])
            rest = rest[missing:]
            await self._send()
        if rest:
            self._part.append(rest)
        if self._content_type is None and len(self._part) >= SNIFFED_BYTES:
            self._sniff()

    async def _send(self) -> None:
        """Put the part on its way once the one before it has arrived; the next is filled meanwhile."""
        await self._arrival()
        self._sniff()
        self._parts += 1
        part, self._part = self._part, Part()
        self._storing = asyncio.create_task(self._store(self._parts, part))

    async def _store(self, number: int, part: Part) -> None:
        store, key = self._gateway.store.resumable, self.upload.key
        if self._storage_id is None:
            self._storage_id = await settle(self._begin())
        self._uncommitted.append(await store.put_part(key, self._storage_id, number, part))
        if self._checksum is None:
            await self._commit(number * self.upload.part_size)
        elif self.upload.length is None:
            async with self._gateway.database.transaction() as session:
                await admit_bytes(
                    session, self._gateway.settings, self.upload, number * self.upload.part_size
                )

    async def _begin(self) -> str:
        """Noted at once: bytes that do not count after all are overwritten and not left in a second one."""
        storage_id = await self._gateway.store.resumable.begin(
            self.upload.key, content_type=self._content_type or UNKNOWN_TYPE
        )
        async with self._gateway.database.transaction() as session:
            (await self._lease.hold(session)).storage_id = storage_id
        return storage_id

    async def _arrival(self) -> None:
        if self._storing is not None:
            await self._storing
            self._storing = None

    async def _put_in_safety_at_times(self) -> None:
        """In a silence, of which a client that trickles makes many: each time, all that fills no part."""
        grown = self._total - self.upload.received
        if grown >= WORTH_A_TAIL or time.monotonic() - self._safe_since >= TAIL_EVERY_S:
            await self._put_in_safety()
            self._safe_since = time.monotonic()

    async def _put_in_safety(self) -> None:
        """Store what fills no part; with a checksum nothing counts before the last byte is there."""
        await self._arrival()
        if self._checksum is None and self._total > self.upload.received:
            await self._commit(self._total, await self._store_tail())

    async def _finish(self) -> None:
        await self._arrival()
        if self._checksum is not None:
            self._checksum.verify()
        if self._total != self.upload.length:
            if self._total > self.upload.received:
                await self._commit(self._total, await self._store_tail())
            return
        self._sniff()
        if len(self._part) and self._storage_id is None:
            await self._gateway.store.put_part(
                self.upload.key, self._part, content_type=self._content_type or UNKNOWN_TYPE
            )
        elif len(self._part):
            await self._store_last(self._storage_id or "")
        await self._commit(self._total)

    async def _store_last(self, storage_id: str) -> None:
        etag = await self._gateway.store.resumable.put_part(
            self.upload.key, storage_id, self._parts + 1, self._part
        )
        self._uncommitted.append(etag)

    async def _store_tail(self) -> str | None:
        if not len(self._part):
            return None
        key = keys.tail(self.upload.id, self._total)
        await self._gateway.store.put_part(key, self._part, content_type=UNKNOWN_TYPE)
        return key

    async def _commit(self, received: int, tail_key: str | None = None) -> None:
        """Let the bytes count."""
        self.upload = await settle(self._record(received, tail_key, self._uncommitted))
        self._uncommitted = []

    async def _record(self, received: int, tail_key: str | None, etags: Sequence[str]) -> Upload:
        async with self._gateway.database.transaction() as session:
            upload = await self._lease.hold(session)
            outdated, known = upload.tail_key, upload.received // upload.part_size
            for number, etag in enumerate(etags, start=known + 1):
                session.add(UploadPart(upload_id=upload.id, number=number, etag=etag))
            upload.received, upload.tail_key = received, tail_key
            upload.storage_id, upload.content_type = self._storage_id, self._content_type
            if upload.length is None:
                await admit_bytes(session, self._gateway.settings, upload, received)
            elif received == upload.length:
                upload.state = UploadState.RECEIVED
                await uploads.prolong(session, upload, self._gateway.settings.uploads)
        if outdated is not None and outdated != tail_key:
            await self._remove(outdated)
        return upload

    async def _remove(self, tail_key: str) -> None:
        try:
            await self._gateway.store.delete(tail_key)
        except (StorageUnavailable, StorageRefused) as error:
            log.warning("upload_tail_left", key=tail_key, reason=str(error))

    def _sniff(self) -> None:
        """Look at the first bytes, which the first part holds; pieces of a recording begin anywhere."""
        if self._content_type is not None or self.upload.kind == UploadKind.PARTIAL:
            return
        if not self._total:
            raise EmptyMedia
        self._content_type = sniff(self._part.peek(SNIFFED_BYTES))
        if self._content_type is None:
            raise UnsupportedMedia


async def receive(
    gateway: Gateway, lease: Lease, upload: Upload, request: Request, checksum: Checksum | None
) -> Upload:
    """Take in the request's body and return the upload as it then is; for errors see ``Receiving``."""
    receiving = Receiving(gateway, lease, upload, checksum)
    await receiving.receive(request)
    return receiving.upload
