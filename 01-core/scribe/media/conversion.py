"""Decode a recording once and write what the product needs of it. Runs in the child only."""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

from scribe.media.clock import Clock
from scribe.media.container import describe, open_container
from scribe.media.demuxing import Demuxed
from scribe.media.errors import CorruptMedia, MediaTooLong, MediaTooShort
from scribe.media.info import AUDIO, PEAKS, PLAYBACK, SAMPLE_RATE, MediaInfo
from scribe.media.local import LocalFile
from scribe.media.messages import Limits, Warned
from scribe.media.meter import Meter
from scribe.media.outputs import Outputs

_TOLERATED_SHARE: Final = 0.02
_TOLERATED_S: Final = 1.0
_UNKNOWN_RIFF_SIZE: Final = 0x7FFF_0000
"""From here on it is what recorders write who could not go back to fill in the size."""


def convert_file(
    source: Path, out: Path, limits: Limits, progress: Callable[[float], None]
) -> tuple[MediaInfo, tuple[Warned, ...]]:
    """Write audio.flac, playback.m4a and peaks.json into ``out``; progress 0-1.

    Memory does not grow with the duration. Raises the errors of ``scribe.media.errors``.
    """
    size = source.stat().st_size
    with LocalFile(source) as file, open_container(file) as container:
        header = describe(container, size)
        demuxed = Demuxed(container)
        outputs = Outputs(
            out / AUDIO, out / PLAYBACK, out / PEAKS, header.sample_rate, stereo=header.channels > 1
        )
        with outputs:
            _write(demuxed, outputs, limits, Meter(size, progress))
    seconds = outputs.samples / SAMPLE_RATE
    if not seconds:
        raise CorruptMedia
    if seconds < limits.min_duration_s:
        raise MediaTooShort(seconds=seconds, limit=limits.min_duration_s)
    info = MediaInfo(
        duration=round(seconds, 3),
        format=header.format,
        codec=header.codec,
        bitrate=header.bitrate or round(size * 8 / seconds),
        sample_rate=header.sample_rate,
        channels=header.channels,
        size=size,
        has_video=header.has_video,
    )
    promised = _promised_by_riff(source, header.duration) or header.duration
    return info, _warnings(promised, seconds, demuxed)


def _write(demuxed: Demuxed, outputs: Outputs, limits: Limits, meter: Meter) -> None:
    most = limits.max_duration_hours * 3600 * SAMPLE_RATE
    clock = Clock()
    for frame in demuxed.frames():
        gap = clock.gap_before(frame)
        frame.pts = None
        if gap:
            outputs.write_silence(gap)
        outputs.write(frame)
        if outputs.samples > most:
            raise MediaTooLong(limit=limits.max_duration_hours)
        meter.at(demuxed.position)


def _promised_by_riff(source: Path, duration: float | None) -> float | None:
    """Seconds that a truncated WAV or AVI would have; the demuxer hides that the file ends too early."""
    with source.open("rb") as file:
        magic, size = struct.unpack("<4sI", file.read(8).ljust(8))
    if magic != b"RIFF" or size >= _UNKNOWN_RIFF_SIZE or duration is None:
        return None
    share = source.stat().st_size / (size + 8)
    return duration / share if share < 1 else None


def _warnings(promised: float | None, seconds: float, demuxed: Demuxed) -> tuple[Warned, ...]:
    return tuple(_damage(demuxed)) + tuple(_mismatch(promised, seconds, demuxed.reached))


def _damage(demuxed: Demuxed) -> list[Warned]:
    if not demuxed.damaged:
        return []
    message = f"Damaged places of the recording were passed over: {demuxed.damaged}."
    return [Warned("MEDIA_DAMAGED", message)]


def _mismatch(promised: float | None, seconds: float, reached: float) -> list[Warned]:
    if promised is None:
        return []
    tolerated = max(_TOLERATED_S, _TOLERATED_SHARE * promised)
    lengths = f"{seconds:.1f} s were found where the file's header promises {promised:.1f} s"
    if promised - max(seconds, reached) > tolerated:
        message = f"The recording ends early: {lengths}. It may have been cut off on its way."
        return [Warned("MEDIA_TRUNCATED", message)]
    if seconds - promised > tolerated:
        return [Warned("DURATION_MISMATCH", f"The recording is longer than it says: {lengths}.")]
    return []
