"""One run of the bounded media process, seen from its parent: start it, serve it, end it."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from typing import Final

from scribe.child import frames
from scribe.child.tail import Tail
from scribe.errors import ScribeError
from scribe.media.errors import CorruptMedia, MediaProcessDied
from scribe.media.info import RangeSource
from scribe.media.messages import Finished, Order, Probe, Progressed, Refused, Wanted
from scribe.media.replies import ProtocolBroken, refusal, understand

_CHILD: Final = "scribe.media.child"
_MOST_SERVED: Final = 64 * 1024 * 1024
"""Bytes that a probe may read; a header and a few packets need far less, wherever they lie."""
_MOST_QUESTIONS: Final = 4096
_ENVIRONMENT: Final = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class MediaProcess:
    """A child that takes one order; comes from ``media_process``."""

    def __init__(
        self, process: asyncio.subprocess.Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        assert process.stdout is not None  # noqa: S101  (it was started with a pipe)
        self._tail = Tail(process.stdout)
        self._served = 0
        self._questions = 0

    async def run(
        self,
        order: Order,
        *,
        source: RangeSource | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Finished:
        """Give the order and attend to the child until it has carried it out.

        Raises the errors of ``scribe.media.errors``, or what ``source`` raises.
        """
        await self._send(asdict(order))
        try:
            while True:
                reply = understand(await self._hear())
                if isinstance(reply, Finished):
                    return reply
                await self._attend(reply, order, source, progress)
        except (ProtocolBroken, frames.FrameError) as error:
            raise MediaProcessDied(cause="it broke its protocol", stderr=self._tail.text) from error

    async def _attend(
        self,
        reply: Refused | Progressed | Wanted,
        order: Order,
        source: RangeSource | None,
        progress: Callable[[float], None] | None,
    ) -> None:
        match reply:
            case Refused():
                raise refusal(reply)
            case Progressed() if progress is not None:
                progress(reply.share)
            case Wanted() if source is not None and isinstance(order, Probe):
                await self._serve(source, reply, order.size)
            case _:
                raise ProtocolBroken

    async def _serve(self, source: RangeSource, wanted: Wanted, size: int) -> None:
        if not 0 <= wanted.start < wanted.end <= size:
            raise ProtocolBroken
        self._questions += 1
        self._served += wanted.end - wanted.start
        if self._served > _MOST_SERVED or self._questions > _MOST_QUESTIONS:
            raise CorruptMedia
        await self._send(await source.read(wanted.start, wanted.end))

    async def _hear(self) -> frames.Frame:
        try:
            return await frames.read(self._reader)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._autopsy() from error

    async def _send(self, message: frames.Frame) -> None:
        self._writer.write(frames.pack(message))
        try:
            await self._writer.drain()
        except ConnectionError as error:
            raise await self._autopsy() from error

    async def _autopsy(self) -> ScribeError:
        code = await self._process.wait()
        await self._tail.finish()
        cause = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return MediaProcessDied(cause=cause, stderr=self._tail.text)

    async def end(self) -> None:
        """Kill what still runs, and reap it."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        await self._process.wait()
        await self._tail.finish()


@asynccontextmanager
async def media_process() -> AsyncIterator[MediaProcess]:
    """A started child; whatever happens inside the block, it is gone after it."""
    async with _channel() as (reader, writer, theirs):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", _CHILD, str(theirs.fileno()), str(os.getpid())),
            pass_fds=(theirs.fileno(),),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            env=_ENVIRONMENT,
        )
        theirs.close()
        child = MediaProcess(process, reader, writer)
        try:
            yield child
        finally:
            await asyncio.shield(child.end())


@asynccontextmanager
async def _channel() -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            yield reader, writer, theirs
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()
