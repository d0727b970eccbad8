"""Recordings that arrived whole at an instance which died before it could make them meetings."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy import select

from scribe import uploads
from scribe.db import DATABASE_ERRORS
from scribe.db.models import Upload, UploadState
from scribe.errors import ScribeError
from scribe_api.gateway import Gateway
from scribe_api.uploads.tus.service import take_up

log = structlog.get_logger(__name__)

AT_ONCE = 20


async def finish_forgotten(gateway: Gateway) -> None:
    """Finish what nobody works on; what fails now is tried again in the next round."""
    waiting = (
        select(Upload.id)
        .where(Upload.state == UploadState.RECEIVED, uploads.unheld())
        .order_by(Upload.updated_at)  # whose attempt was long ago comes first, so that none starves another
        .limit(AT_ONCE)
    )
    async with gateway.database.transaction() as session:
        found = (await session.scalars(waiting)).all()
    for upload_id in found:
        try:
            await take_up(gateway, upload_id, wait_s=0)
        except ScribeError as error:
            log.info("upload_not_finished", upload_id=str(upload_id), code=error.code)


@asynccontextmanager
async def finishing_forgotten(gateway: Gateway) -> AsyncIterator[None]:
    """Look for them now and then during the block; a client that stays away loses nothing."""
    looking = asyncio.create_task(_look(gateway))
    try:
        yield
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)


async def _look(gateway: Gateway) -> None:
    while True:
        await asyncio.sleep(gateway.settings.uploads.lease_s)
        try:
            await finish_forgotten(gateway)
        except DATABASE_ERRORS as error:
            log.warning("uploads_not_finished", reason=str(error))
