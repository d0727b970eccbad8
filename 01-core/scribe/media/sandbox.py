"""The parent's side of the bounded media process: start it, serve it, bound its time, end it."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from scribe.child import frames
from scribe.child.tail import Tail
from scribe.errors import ScribeError
from scribe.media import errors
from scribe.media.errors import EmptyMedia, MediaProcessDied, MediaTimeout
from scribe.media.info import AUDIO, PEAKS, PLAYBACK, Converted, MediaInfo, RangeSource
from scribe.media.messages import REPLIES, Convert, Finished, Probe, Progressed, Refused, Wanted
from scribe.settings import MediaSettings

_CHILD: Final = "scribe.media.child"
_MOST_SERVED: Final = 64 * 1024 * 1024
"""Bytes that a probe may read; a header and a few packets need far less, wherever they lie."""
_REFUSALS: Final = {
    kind.code: kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ScribeError)
}


async def probe(source: RangeSource, *, size: int, limits: MediaSettings) -> MediaInfo:
    """What the header of a recording of ``size`` bytes says; only the ranges that are needed are read.

    Raises the errors of ``scribe.media.errors``, or what ``source`` raises.
    """
    if size == 0:
        raise EmptyMedia
    async with _within(limits.probe_timeout_s), _child() as child:
        finished = await child.run(Probe(size=size, limits=limits), source=source)
    return finished.media


async def convert(
    source: Path, out: Path, *, limits: MediaSettings, progress: Callable[[float], None]
) -> Converted:
    """Write audio.flac, playback.m4a and peaks.json into the folder ``out``; progress 0-1.

    Raises the errors of ``scribe.media.errors``; cancelling ends the child at once.
    """
    async with _within(limits.convert_timeout_s), _child() as child:
        order = Convert(source=source, out=out, limits=limits)
        finished = await child.run(order, progress=progress)
    return Converted(finished.media, out / AUDIO, out / PLAYBACK, out / PEAKS, finished.warnings)


@asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError as error:
        raise MediaTimeout(seconds=seconds) from error


class _Child:
    def __init__(
        self, process: asyncio.subprocess.Process, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        assert process.stdout is not None  # noqa: S101  (it was started with a pipe)
        self._tail = Tail(process.stdout)
        self._served = 0

    async def run(
        self,
        order: Probe | Convert,
        *,
        source: RangeSource | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> Finished:
        """Give the order and serve the child until it has ended it."""
        try:
            await self._send(order.model_dump(mode="json"))
            while True:
                reply = REPLIES.validate_python(await frames.read(self._reader))
                match reply:
                    case Finished():
                        return reply
                    case Refused():
                        raise _REFUSALS[reply.code](**reply.detail)
                    case Progressed() if progress is not None:
                        progress(reply.share)
                    case Wanted() if source is not None:
                        await self._serve(source, reply)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._autopsy() from error

    async def _serve(self, source: RangeSource, wanted: Wanted) -> None:
        self._served += wanted.end - wanted.start
        if self._served > _MOST_SERVED:
            raise errors.CorruptMedia
        await self._send(await source.read(wanted.start, wanted.end))

    async def _send(self, message: frames.Frame) -> None:
        self._writer.write(frames.pack(message))
        await self._writer.drain()

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
        self._writer.close()


@asynccontextmanager
async def _child() -> AsyncIterator[_Child]:
    ours, theirs = socket.socketpair()
    with theirs:
        reader, writer = await asyncio.open_connection(sock=ours)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", _CHILD, str(theirs.fileno()), str(os.getpid())),
            pass_fds=(theirs.fileno(),),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
    child = _Child(process, reader, writer)
    try:
        yield child
    finally:
        await asyncio.shield(child.end())
