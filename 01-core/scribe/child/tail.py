"""The last lines that a child process printed: often the only word on why it ended."""

import asyncio
from contextlib import suppress

_KEPT = 4096
_READ = 65_536
_DRAIN_S = 1.0


class Tail:
    """Reads a stream to its end, so that the writer never blocks, and keeps its last 4 KiB."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._kept = b""
        self._reading = asyncio.create_task(self._read(stream))

    @property
    def text(self) -> str:
        """What was kept so far; a character that the cut went through is replaced."""
        return self._kept.decode("utf-8", errors="replace").strip()

    async def finish(self) -> None:
        """Wait for the end of the stream, but not long: a stray process may hold it open."""
        await asyncio.wait([self._reading], timeout=_DRAIN_S)
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while part := await stream.read(_READ):
            self._kept = (self._kept + part)[-_KEPT:]
