"""Recordings of every kind, made on the spot."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from scribe.media.info import Converted, MediaInfo
from scribe.media.sandbox import convert, probe
from scribe.settings import MediaSettings

Samples = npt.NDArray[np.int16]
BLOCK = 960
AUDIO_CODECS = {
    ".aac": "aac",
    ".ac3": "ac3",
    ".aiff": "pcm_s16be",
    ".au": "pcm_s16be",
    ".avi": "libmp3lame",
    ".caf": "pcm_s16le",
    ".flac": "flac",
    ".flv": "aac",
    ".m4a": "aac",
    ".mkv": "aac",
    ".mov": "pcm_s16le",
    ".mp3": "libmp3lame",
    ".mp4": "aac",
    ".mpg": "mp2",
    ".ogg": "vorbis",
    ".opus": "libopus",
    ".ts": "aac",
    ".w64": "pcm_s16le",
    ".wav": "pcm_s16le",
    ".webm": "libopus",
    ".wma": "wmav2",
    ".wv": "wavpack",
}
VIDEO_CODECS = {".webm": "libvpx", ".flv": "flv", ".mpg": "mpeg1video"}
FORMATS = {".aac": "adts", ".m4a": "ipod", ".mkv": "matroska", ".ts": "mpegts", ".wma": "asf"}
LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1"}


def tone(seconds: float, rate: int, channels: int) -> Samples:
    """440 Hz at half scale: int16 [channels, n]."""
    wave = np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)
    return np.tile((wave * 16_384).astype(np.int16), (channels, 1))


def add_pictures(container: OutputContainer, codec: str, seconds: float) -> None:
    stream = container.add_stream(codec, rate=25)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    for number in range(round(seconds * 25)):
        image = VideoFrame.from_ndarray(np.full((48, 64, 3), number % 250, np.uint8), format="rgb24")
        image.pts = number
        container.mux(stream.encode(image))
    container.mux(stream.encode(None))


def add_sound(
    container: OutputContainer, stream: AudioStream, samples: Samples, rate: int, hole: tuple[float, float]
) -> None:
    """``hole``: second at which the time stamps jump, and by how many seconds."""
    layout = LAYOUTS[samples.shape[0]]
    for start in range(0, samples.shape[1], BLOCK):
        block = np.ascontiguousarray(samples[:, start : start + BLOCK].T).reshape(1, -1)
        frame = AudioFrame.from_ndarray(block, format="s16", layout=layout)
        frame.sample_rate = rate
        frame.pts = start + (round(hole[1] * rate) if start >= hole[0] * rate else 0)
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))


@pytest.fixture
def record(tmp_path: Path) -> Callable[..., Path]:
    """Make a recording of a tone, in the container and codec that its suffix says."""

    def made(
        name: str,
        seconds: float = 1,
        *,
        rate: int = 48_000,
        channels: int = 1,
        video_s: float = 0,
        samples: Samples | None = None,
        hole: tuple[float, float] = (0, 0),
    ) -> Path:
        path = tmp_path / name
        heard = tone(seconds, rate, channels) if samples is None else samples
        with av.open(str(path), "w", format=FORMATS.get(path.suffix)) as container:
            layout = LAYOUTS[heard.shape[0]]
            options = {"strict": "experimental"}  # ffmpeg's own Vorbis encoder
            stream = container.add_stream(
                AUDIO_CODECS[path.suffix], rate=rate, layout=layout, options=options
            )
            assert isinstance(stream, AudioStream)
            stream.bit_rate = 128_000
            if video_s:
                add_pictures(container, VIDEO_CODECS.get(path.suffix, "mpeg4"), video_s)
            add_sound(container, stream, heard, rate, hole)
        return path

    return made


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A video without sound."""
    path = tmp_path / "silent.mp4"
    with av.open(str(path), "w") as container:
        add_pictures(container, "mpeg4", 1)
    return path


@dataclass
class Served:
    """Bytes that are handed out in ranges, as S3 does, and how many were."""

    data: bytes
    read_bytes: int = 0

    async def read(self, start: int, end: int) -> bytes:
        self.read_bytes += end - start
        return self.data[start:end]


@pytest.fixture
def serve() -> Callable[[bytes], Served]:
    return Served


@pytest.fixture
def limits() -> MediaSettings:
    return MediaSettings(max_duration_hours=1.5, probe_timeout_s=60, convert_timeout_s=200)


@pytest.fixture
def probed(limits: MediaSettings) -> Callable[[bytes], Awaitable[MediaInfo]]:
    """Probe the bytes of a recording."""

    async def run(data: bytes) -> MediaInfo:
        return await probe(Served(data), size=len(data), limits=limits)

    return run


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def converted(limits: MediaSettings, out: Path) -> Callable[[Path], Awaitable[Converted]]:
    """Convert a recording into the folder ``out``."""

    async def run(source: Path) -> Converted:
        return await convert(source, out, limits=limits, progress=lambda _share: None)

    return run
