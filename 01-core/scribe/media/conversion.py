"""Decode a recording once and write what the product needs of it. Runs in the child only."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from scribe.media.container import describe, open_container
from scribe.media.errors import CorruptMedia, MediaTooLong, MediaTooShort
from scribe.media.info import AUDIO, PEAKS, PLAYBACK, SAMPLE_RATE, MediaInfo
from scribe.media.outputs import Outputs
from scribe.settings import MediaSettings
from scribe.transcript.document import Notice

_SMALLEST_GAP_S: Final = 0.1
_LARGEST_GAP_S: Final = 60.0
"""A jump in the timestamps beyond this is a recorder's quirk, not silence."""
_MOST_BAD_PACKETS: Final = 100_000
_TOLERATED_SHARE: Final = 0.02
_TOLERATED_S: Final = 1.0


@dataclass
class Decoded:
    """How the decoding went."""

    samples: int = 0
    bad_packets: int = 0

    @property
    def seconds(self) -> float:
        """Seconds of 16 kHz audio written so far."""
        return self.samples / SAMPLE_RATE


def convert_file(
    source: Path, out: Path, limits: MediaSettings, progress: Callable[[float], None]
) -> tuple[MediaInfo, list[Notice]]:
    """Write audio.flac, playback.m4a and peaks.json into ``out``; progress 0-1.

    Memory does not grow with the duration. Raises the errors of ``scribe.media.errors``.
    """
    size = source.stat().st_size
    with source.open("rb") as file, open_container(file) as container:
        header = describe(container, size)
        decoded = Decoded()
        stereo = header.channels > 1
        with Outputs(out / AUDIO, out / PLAYBACK, out / PEAKS, header.sample_rate, stereo=stereo) as outputs:
            _decode(container, outputs, decoded, limits, _Meter(header, progress))
    if decoded.samples == 0:
        raise CorruptMedia
    if decoded.seconds < limits.min_duration_s:
        raise MediaTooShort(seconds=decoded.seconds, limit=limits.min_duration_s)
    info = header.model_copy(
        update={
            "duration": round(decoded.seconds, 3),
            "bitrate": header.bitrate or round(size * 8 / decoded.seconds),
        }
    )
    return info, _notices(header, decoded)


class _Meter:
    """Progress by the read share of the file, since the header's duration may lie."""

    def __init__(self, header: MediaInfo, progress: Callable[[float], None]) -> None:
        self._size = max(header.size, 1)
        self._progress = progress
        self._shown = 0.0

    def at(self, position: int | None) -> None:
        share = min((position or 0) / self._size, 1.0)
        if share - self._shown >= 0.01:  # noqa: PLR2004  (a percent is what people can see)
            self._shown = share
            self._progress(share)


def _decode(
    container: InputContainer, outputs: Outputs, decoded: Decoded, limits: MediaSettings, meter: _Meter
) -> None:
    listen = AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    most = limits.max_duration_hours * 3600
    clock = _Clock()
    for frame, position in _frames(container, decoded):
        gap = clock.gap_before(frame)
        frame.pts = None
        if gap:
            decoded.samples += outputs.silence(gap)
        outputs.play(frame)
        for heard in listen.resample(frame):
            decoded.samples += outputs.hear(heard)
        if decoded.seconds > most:
            raise MediaTooLong(limit=limits.max_duration_hours)
        meter.at(position)
    for heard in listen.resample(None):
        decoded.samples += outputs.hear(heard)


def _frames(container: InputContainer, decoded: Decoded) -> Iterator[tuple[AudioFrame, int | None]]:
    """Every frame that can be decoded; what cannot is counted and passed over."""
    stream = container.streams.audio[0]
    packets = container.demux(stream)
    while decoded.bad_packets < _MOST_BAD_PACKETS:
        try:
            packet = next(packets, None)
        except av.error.FFmpegError:
            decoded.bad_packets += 1
            return
        if packet is None:
            return
        try:
            for frame in packet.decode():
                if isinstance(frame, AudioFrame):
                    yield frame, packet.pos
        except av.error.FFmpegError:
            decoded.bad_packets += 1


class _Clock:
    """Notices where the timestamps leave a hole, which is silence that nobody stored."""

    def __init__(self) -> None:
        self._expected: float | None = None

    def gap_before(self, frame: AudioFrame) -> float:
        """Seconds of silence that belong before the frame; 0 nearly always."""
        length = frame.samples / frame.sample_rate
        if frame.pts is None or frame.time_base is None:
            if self._expected is not None:
                self._expected += length
            return 0.0
        start = float(frame.pts * frame.time_base)
        gap = 0.0 if self._expected is None else start - self._expected
        self._expected = start + length
        return gap if _SMALLEST_GAP_S < gap < _LARGEST_GAP_S else 0.0


def _notices(header: MediaInfo, decoded: Decoded) -> list[Notice]:
    notices = []
    if decoded.bad_packets:
        notices.append(
            Notice(
                code="MEDIA_DAMAGED",
                message=f"{decoded.bad_packets} damaged places of the recording were passed over.",
            )
        )
    if header.duration is None:
        return notices
    missing = header.duration - decoded.seconds
    if abs(missing) <= max(_TOLERATED_S, _TOLERATED_SHARE * header.duration):
        return notices
    lengths = f"{decoded.seconds:.1f} s were found where the file's header promises {header.duration:.1f} s"
    if missing > 0:
        message = f"The recording ends early: {lengths}. It may have been cut off on its way."
        notices.append(Notice(code="MEDIA_TRUNCATED", message=message))
    else:
        message = f"The recording is longer than it says: {lengths}."
        notices.append(Notice(code="DURATION_MISMATCH", message=message))
    return notices
