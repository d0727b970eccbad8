"""Probe, convert and split strangers' recordings in a process whose time, memory and reach are bounded."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from scribe.media.errors import EmptyMedia, MediaTimeout
from scribe.media.info import AUDIO, CHANNELS, PEAKS, PLAYBACK, Converted, MediaInfo, RangeSource, SplitMedia
from scribe.media.messages import Convert, Finished, Limits, Order, Probe, Split, Warned
from scribe.media.process import MediaProcess, media_process
from scribe.settings import MediaSettings
from scribe.transcript.document import Notice


async def probe(
    source: RangeSource, *, size: int, limits: MediaSettings, child: MediaProcess | None = None
) -> MediaInfo:
    """What the header of a recording of ``size`` bytes says; only the ranges that are needed are read.

    ``child`` is a fresh ``media_process`` that the caller started early, and ends.
    Raises the errors of ``scribe.media.errors``, or what ``source`` raises.
    """
    if size == 0:
        raise EmptyMedia
    order = Probe(size=size, limits=_limits(limits, limits.probe_timeout_s))
    async with _within(limits.probe_timeout_s):
        if child is not None:
            return (await child.run(order, source=source)).media
        async with media_process() as own:
            return (await own.run(order, source=source)).media


async def convert(
    source: Path, out: Path, *, limits: MediaSettings, progress: Callable[[float], None]
) -> Converted:
    """Write audio.flac, playback.m4a and peaks.json into the folder ``out``; progress 0-1.

    Raises the errors of ``scribe.media.errors``; cancelling ends the child at once.
    """
    order = Convert(
        source=str(source),
        out=str(out),
        limits=_limits(limits, limits.convert_timeout_s),
    )
    finished = await _carried_out(order, limits.convert_timeout_s, progress)
    return Converted(finished.media, out / AUDIO, out / PLAYBACK, out / PEAKS, _notices(finished.warnings))


async def split(
    source: Path, out: Path, *, limits: MediaSettings, progress: Callable[[float], None]
) -> SplitMedia:
    """Write channels.flac into the folder ``out``, as long as audio.flac; progress 0-1.

    It holds the channels of the recording's audio stream, or where there are several streams each of them,
    mixed to one channel; eight at most. Raises RecordingHasOneChannel where there is nothing to tell apart,
    and else as ``convert`` does.
    """
    order = Split(
        source=str(source),
        out=str(out),
        limits=_limits(limits, limits.convert_timeout_s),
    )
    finished = await _carried_out(order, limits.convert_timeout_s, progress)
    return SplitMedia(out / CHANNELS, finished.media.channels, _notices(finished.warnings))


async def _carried_out(order: Order, timeout_s: float, progress: Callable[[float], None]) -> Finished:
    async with _within(timeout_s), media_process() as child:
        return await child.run(order, progress=progress)


def _notices(warnings: tuple[Warned, ...]) -> tuple[Notice, ...]:
    return tuple(Notice(code=each.code, message=each.message) for each in warnings)


def _limits(settings: MediaSettings, timeout_s: float) -> Limits:
    return Limits(
        max_duration_hours=settings.max_duration_hours,
        min_duration_s=settings.min_duration_s,
        timeout_s=timeout_s,
        memory_mib=settings.memory_mib,
    )


@asynccontextmanager
async def _within(seconds: float) -> AsyncIterator[None]:
    try:
        async with asyncio.timeout(seconds) as limit:
            yield
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise MediaTimeout(seconds=seconds) from error
