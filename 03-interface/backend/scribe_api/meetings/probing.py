"""Look at a recording when it is stored, in a process that starts while S3 still stores it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from scribe.media.info import MediaInfo
from scribe.media.process import media_process
from scribe.media.sandbox import probe
from scribe.storage import ObjectStore, StoredObject
from scribe_api.gateway import Gateway


@dataclass(frozen=True)
class StoredRange:
    """An object in S3 as the probe reads it: by ranges, in bytes, the end exclusive."""

    store: ObjectStore
    key: str

    async def read(self, start: int, end: int) -> bytes:
        """Those bytes of the object. Raises StorageUnavailable."""
        return await self.store.read_range(self.key, start, end)


class EarlyProbe:
    """One probe, begun before its object exists; comes from ``early_probe``."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._stored: asyncio.Future[StoredObject] = asyncio.get_running_loop().create_future()
        self._probing: asyncio.Task[MediaInfo] | None = None

    def begin(self) -> asyncio.Task[MediaInfo]:
        """Start the process, once the last byte has come in: it must not wait for a client."""
        if self._probing is None:
            self._probing = asyncio.create_task(self._probe())
        return self._probing

    async def look(self, stored: StoredObject) -> MediaInfo:
        """What the object is. Raises the errors of ``scribe.media.errors`` and ``scribe.storage``."""
        self._stored.set_result(stored)
        return await self.begin()

    async def end(self) -> None:
        """End the process, if it still runs."""
        if self._probing is not None:
            self._probing.cancel()
            await asyncio.gather(self._probing, return_exceptions=True)

    async def _probe(self) -> MediaInfo:
        async with self._gateway.probing, media_process() as child:
            stored = await self._stored
            source = StoredRange(self._gateway.store, stored.key)
            return await probe(source, size=stored.size, limits=self._gateway.settings.media, child=child)


@asynccontextmanager
async def early_probe(gateway: Gateway) -> AsyncIterator[EarlyProbe]:
    """A probe whose process is gone after the block, whatever happens in it."""
    begun = EarlyProbe(gateway)
    try:
        yield begun
    finally:
        await begun.end()
