"""The SHA-256 of a stream, computed beside it: in a thread, while the next bytes come in."""

import asyncio
import hashlib
from collections.abc import AsyncIterable

BLOCK = 1 << 20
"""Hashing that much takes long enough to be worth a thread's while; hashlib lets go of the interpreter."""


class Digest:
    """Fed with the bytes of a stream in their order; at most two blocks wait in memory."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._hashing: asyncio.Task[None] | None = None
        self.size = 0

    async def feed(self, chunk: bytes) -> None:
        """Take the chunk in; waits only where hashing is slower than the stream."""
        self.size += len(chunk)
        self._waiting.append(chunk)
        self._waiting_bytes += len(chunk)
        if self._waiting_bytes >= BLOCK:
            await self.settle()
            chunks, self._waiting, self._waiting_bytes = self._waiting, [], 0
            self._hashing = asyncio.create_task(asyncio.to_thread(self._update, chunks))

    async def settle(self) -> None:
        """Wait for the thread."""
        if self._hashing is not None:
            await self._hashing
            self._hashing = None

    async def hexdigest(self) -> str:
        """The hash of everything so far."""
        await self.flush()
        return self._hash.hexdigest()

    async def flush(self) -> None:
        """Hash what waits, so that no memory is held on to."""
        await self.settle()
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        await asyncio.to_thread(self._update, waiting)

    def _update(self, chunks: list[bytes]) -> None:
        for chunk in chunks:
            self._hash.update(chunk)


async def sha256_of(chunks: AsyncIterable[bytes]) -> str:
    """The hash of a whole stream, as a hexadecimal number."""
    digest = Digest()
    async for chunk in chunks:
        await digest.feed(chunk)
    return await digest.hexdigest()
