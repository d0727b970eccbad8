"""Probe and convert strangers' recordings in a process whose time, memory and reach are bounded."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from scribe.media.errors import EmptyMedia, MediaTimeout
from scribe.media.info import AUDIO, PEAKS, PLAYBACK, Converted, MediaInfo, RangeSource
from scribe.media.messages import Convert, Limits, Probe
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
    async with _within(limits.convert_timeout_s), media_process() as child:
        finished = await child.run(order, progress=progress)
    warnings = tuple(Notice(code=each.code, message=each.message) for each in finished.warnings)
    return Converted(finished.media, out / AUDIO, out / PLAYBACK, out / PEAKS, warnings)


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
