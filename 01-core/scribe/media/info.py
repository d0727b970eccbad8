"""What is known of a recording, and what conversion makes of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the media child reads this module, and starts in half the time without pydantic
    from scribe.transcript.document import Notice

SAMPLE_RATE = 16_000
"""Hz; what the engines hear: mono at this rate."""
AUDIO = "audio.flac"
CHANNELS = "channels.flac"
PLAYBACK = "playback.m4a"
PEAKS = "peaks.json"


@dataclass(frozen=True)
class MediaInfo:
    """Facts on a recording.

    duration: seconds; a probe gives what the header says (or None), a conversion what was decoded
    bitrate: bits a second of the whole file; sample_rate: Hz; size: bytes
    """

    duration: float | None
    format: str
    codec: str
    bitrate: int | None
    sample_rate: int
    channels: int
    size: int
    has_video: bool


class RangeSource(Protocol):
    """Something whose bytes can be read by position, such as an object in S3."""

    async def read(self, start: int, end: int) -> bytes:
        """The bytes from ``start`` up to, not including, ``end``."""
        ...


@dataclass(frozen=True)
class SplitMedia:
    """Every channel of a recording on its own: ``count`` of them in the file ``channels``, 16 kHz FLAC."""

    channels: Path
    count: int
    warnings: "tuple[Notice, ...]"


@dataclass(frozen=True)
class Converted:
    """The products of a conversion, as files, and what the reader of the transcript should know."""

    media: MediaInfo
    audio: Path
    playback: Path
    peaks: Path
    warnings: "tuple[Notice, ...]"
