"""One writer at a time, whichever instance it is on: a lease on the upload's row.

It is renewed while bytes flow. A client that has gone without a word lets it run out, so that its next
request, perhaps to another instance, need not wait until this one's connection is found dead.
"""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scribe import uploads
from scribe.db import DATABASE_ERRORS
from scribe.db.models import Upload, UploadState
from scribe.storage.settle import settle
from scribe_api.gateway import Gateway
from scribe_api.uploads.tus.errors import UploadLocked, UploadNotFound

log = structlog.get_logger(__name__)

POLL_S = 0.1
PROLONGED_EVERY_S = 60.0


class Lease:
    """The right of one request to write to one upload. Comes from ``writing``."""

    def __init__(self, gateway: Gateway, upload_id: uuid.UUID) -> None:
        self.upload_id = upload_id
        self.idle = False
        """Set while nothing comes from the client: the lease is left to run out."""
        self._gateway = gateway
        self._owner = uuid.uuid4()
        self._prolonged = -PROLONGED_EVERY_S

    async def hold(self, session: AsyncSession, *, ends: bool = False) -> Upload:
        """The upload, locked for a write. Raises UploadLocked where another has it, UploadNotFound.

        What is open lives on for that, unless this write ``ends`` it. What has arrived whole waits for
        nobody's bytes, and however often it is tried again it does not stay for ever.
        """
        upload = await session.scalar(
            select(Upload)
            .where(Upload.id == self.upload_id, Upload.lease_owner == self._owner)
            .with_for_update(key_share=True)
        )
        if upload is None:
            there = await session.scalar(select(Upload.id).where(Upload.id == self.upload_id))
            raise UploadNotFound if there is None else UploadLocked
        upload.lease_until = func.now() + self._duration
        is_open = upload.state == UploadState.OPEN and not ends
        if is_open and time.monotonic() - self._prolonged > PROLONGED_EVERY_S:
            await uploads.prolong(session, upload, self._gateway.settings.uploads)
            self._prolonged = time.monotonic()
        return upload

    async def take(self) -> bool:
        """Whether the lease is this request's now; no, while another holds it. Raises UploadNotFound."""
        async with self._gateway.database.transaction() as session:
            upload = await session.scalar(
                select(Upload).where(Upload.id == self.upload_id).with_for_update(key_share=True)
            )
            if upload is None:
                raise UploadNotFound
            if not await session.scalar(select(uploads.unheld()).where(Upload.id == self.upload_id)):
                return False
            self.put_on(upload)
            return True

    def put_on(self, upload: Upload) -> None:
        """Make the upload this request's, as one that is only being made needs no asking."""
        upload.lease_owner = self._owner
        upload.lease_until = func.now() + self._duration

    async def release(self) -> None:
        """Let the next writer in; a database that is away lets the lease run out instead."""
        mine = update(Upload).where(Upload.id == self.upload_id, Upload.lease_owner == self._owner)
        try:
            async with self._gateway.database.transaction() as session:
                await session.execute(mine.values(lease_owner=None, lease_until=None))
        except DATABASE_ERRORS as error:
            log.warning("upload_lease_left", upload_id=str(self.upload_id), reason=str(error))

    async def keep(self) -> None:
        """Renew the lease, but not while the client is silent."""
        mine = update(Upload).where(Upload.id == self.upload_id, Upload.lease_owner == self._owner)
        while True:
            await asyncio.sleep(self._gateway.settings.uploads.lease_s / 3)
            if self.idle:
                continue
            try:
                async with self._gateway.database.transaction() as session:
                    await session.execute(mine.values(lease_until=func.now() + self._duration))
            except DATABASE_ERRORS as error:
                log.warning("upload_lease_not_renewed", upload_id=str(self.upload_id), reason=str(error))

    @property
    def _duration(self) -> timedelta:
        return timedelta(seconds=self._gateway.settings.uploads.lease_s)


@asynccontextmanager
async def writing(gateway: Gateway, upload_id: uuid.UUID, *, wait_s: float) -> AsyncIterator[Lease]:
    """Hold the upload's lease for the block. Raises UploadLocked when it is not to be had in that time."""
    lease = Lease(gateway, upload_id)
    deadline = time.monotonic() + wait_s
    while not await lease.take():
        if time.monotonic() >= deadline:
            raise UploadLocked
        await asyncio.sleep(POLL_S)
    async with holding(lease):
        yield lease


@asynccontextmanager
async def holding(lease: Lease) -> AsyncIterator[None]:
    """Renew the lease, which was taken before, for the block, and release it."""
    keeping = asyncio.create_task(lease.keep())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await settle(lease.release())


async def until_quiet(gateway: Gateway, upload_id: uuid.UUID) -> None:
    """Wait a little for whoever writes to end, so that what is told next still holds when it is heard."""
    deadline = time.monotonic() + gateway.settings.uploads.wait_s
    quiet = select(uploads.unheld()).where(Upload.id == upload_id)
    while time.monotonic() < deadline:
        async with gateway.database.transaction() as session:
            if await session.scalar(quiet) in {True, None}:
                return
        await asyncio.sleep(POLL_S)
