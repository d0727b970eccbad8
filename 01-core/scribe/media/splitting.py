"""Write every channel of a recording by itself, for who tells speakers apart by channel. Child only."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import InputContainer

from scribe.media.channel_file import MOST_CHANNELS, ChannelFile
from scribe.media.clock import start_of
from scribe.media.container import audio_stream, can_be_heard, describe, open_container
from scribe.media.demuxing import Demuxed
from scribe.media.errors import CorruptMedia, MediaTooLong, RecordingHasOneChannel
from scribe.media.info import CHANNELS, SAMPLE_RATE, MediaInfo
from scribe.media.local import LocalFile
from scribe.media.messages import Limits, Warned
from scribe.media.meter import Meter
from scribe.media.tracks import OneStream, SeveralStreams, Tracks


def split_file(
    source: Path, out: Path, limits: Limits, progress: Callable[[float], None]
) -> tuple[MediaInfo, tuple[Warned, ...]]:
    """Write channels.flac into ``out``; progress 0-1; the facts that come back count its channels.

    Memory does not grow with the duration. Raises the errors of ``scribe.media.errors``.
    """
    size = source.stat().st_size
    with LocalFile(source) as file, open_container(file) as container:
        header = describe(container, size)
        streams = _streams(container)
        found = len(streams) if len(streams) > 1 else header.channels
        if found == 1:
            raise RecordingHasOneChannel
        count = min(found, MOST_CHANNELS)
        kept = streams[:MOST_CHANNELS]
        with ChannelFile(out / CHANNELS, count) as channels:
            tracks: Tracks = OneStream(channels, count)
            if len(kept) > 1:
                tracks = SeveralStreams(channels, kept, _begin(source))
            _write(Demuxed(container, kept), tracks, limits, Meter(size, progress))
    if not tracks.position:
        raise CorruptMedia
    info = replace(header, duration=round(tracks.position / SAMPLE_RATE, 3), channels=count)
    return info, _left_out(found, count)


def _streams(container: InputContainer) -> list[AudioStream]:
    """Those that can be heard, the one that is transcribed first."""
    first = audio_stream(container)
    others = [stream for stream in container.streams.audio if stream.index != first.index]
    return [first, *filter(_can_be_decoded, others)]


def _begin(source: Path) -> float:
    """The time stamp of the first frame that is transcribed, seconds: not every header tells."""
    with LocalFile(source) as file, open_container(file) as container:
        first = next(Demuxed(container).frames(), None)
        return (start_of(first) if first else None) or 0.0


def _can_be_decoded(stream: AudioStream) -> bool:
    codec = cast("AudioCodecContext | None", stream.codec_context)
    return codec is not None and can_be_heard(codec.sample_rate, codec.channels)


def _write(demuxed: Demuxed, tracks: Tracks, limits: Limits, meter: Meter) -> None:
    most = limits.max_duration_hours * 3600 * SAMPLE_RATE
    for index, frame in demuxed.indexed_frames():
        tracks.write(index, frame)
        if tracks.position > most:
            raise MediaTooLong(limit=limits.max_duration_hours)
        meter.at(demuxed.position)
    tracks.finish()


def _left_out(found: int, count: int) -> tuple[Warned, ...]:
    if found == count:
        return ()
    message = f"Speakers are looked for in the first {count} of the recording's {found} channels only."
    return (Warned("CHANNELS_LEFT_OUT", message),)
