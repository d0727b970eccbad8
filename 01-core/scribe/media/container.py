"""Open a recording with PyAV such that it can reach nothing but its own bytes. Runs in the child only."""

from typing import IO, Final, cast

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition

from scribe.media.errors import CorruptMedia, EmptyMedia, NoAudioTrack, UnsupportedMedia
from scribe.media.info import MediaInfo
from scribe.media.sniff import SNIFFED_BYTES, sniff

_FORMATS: Final = (
    "aac,ac3,aiff,amr,amrnb,amrwb,asf,au,avi,caf,eac3,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,"
    "mp3,mpeg,mpegts,mpegvideo,ogg,w64,wav,wv"
)
"""Demuxers of single, self-contained files; concat, hls, dash, image2 and their like are not among them."""
_LOWEST_RATE: Final = 1_000
_HIGHEST_RATE: Final = 1_000_000
"""Hz. What claims less or more is no recording, and blows a few bytes up into hours of audio."""
_MOST_CHANNELS: Final = 64
"""That ffmpeg can mix."""
_NO_PROTOCOL: Final = "none"
_OPTIONS: Final = {"format_whitelist": _FORMATS, "protocol_whitelist": _NO_PROTOCOL}


def open_container(file: IO[bytes]) -> InputContainer:
    """The opened container with an audio stream; a file object, so that ffmpeg knows no name.

    Raises EmptyMedia, UnsupportedMedia, CorruptMedia or NoAudioTrack.
    """
    head = file.read(SNIFFED_BYTES)
    if not head:
        raise EmptyMedia
    if sniff(head) is None:
        raise UnsupportedMedia
    file.seek(0)
    try:
        container = av.open(file, mode="r", options=_OPTIONS, container_options=_OPTIONS)
    except (av.error.FFmpegError, ValueError) as error:
        raise CorruptMedia from error
    if not container.streams.audio:
        container.close()
        raise NoAudioTrack
    return container


def audio_stream(container: InputContainer) -> AudioStream:
    """The stream to listen to: the one that the container marks, or the richest that can be decoded."""
    best = container.streams.best("audio")
    return best if isinstance(best, AudioStream) else container.streams.audio[0]


def can_be_heard(sample_rate: int, channels: int) -> bool:
    """Whether sound of that rate (Hz) and number of channels can be, and can be converted."""
    return _LOWEST_RATE <= sample_rate <= _HIGHEST_RATE and 0 < channels <= _MOST_CHANNELS


def describe(container: InputContainer, size: int) -> MediaInfo:
    """What the header says. Raises UnsupportedMedia for a codec that nobody here knows, or CorruptMedia."""
    codec = cast("AudioCodecContext | None", audio_stream(container).codec_context)
    if codec is None:
        raise UnsupportedMedia
    if not can_be_heard(codec.sample_rate, codec.channels):
        raise CorruptMedia
    return MediaInfo(
        duration=_duration(container),
        format=container.format.name,
        codec=codec.name,
        bitrate=container.bit_rate or codec.bit_rate or None,
        sample_rate=codec.sample_rate,
        channels=codec.channels,
        size=size,
        has_video=any(not each.disposition & Disposition.attached_pic for each in container.streams.video),
    )


def _duration(container: InputContainer) -> float | None:
    stream = audio_stream(container)
    if stream.duration is not None and stream.time_base is not None:
        return max(0.0, float(stream.duration * stream.time_base))
    if container.duration is not None:
        return max(0.0, container.duration / av.time_base)
    return None
