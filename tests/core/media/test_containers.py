from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from recordings import heard
from scribe.media.info import SAMPLE_RATE, Converted, MediaInfo
from scribe.media.sandbox import probe
from scribe.media.sniff import sniff
from scribe.settings import MediaSettings

Record = Callable[..., Path]
Probed = Callable[[bytes], Awaitable[MediaInfo]]
Convert = Callable[[Path], Awaitable[Converted]]

SOUND = [
    "tone.wav",
    "tone.mp3",
    "tone.flac",
    "tone.ogg",
    "tone.opus",
    "tone.m4a",
    "tone.webm",
    "tone.mkv",
    "tone.mov",
    "tone.aiff",
    "tone.aac",
    "tone.ac3",
    "tone.au",
    "tone.caf",
    "tone.ts",
    "tone.w64",
    "tone.wma",
    "tone.wv",
]
FILMS = ["film.mp4", "film.mov", "film.mkv", "film.webm", "film.avi", "film.flv", "film.mpg", "film.ts"]


@pytest.mark.parametrize("name", SOUND)
async def test_every_audio_container_becomes_what_the_engines_hear(
    record: Record, probed: Probed, converted: Convert, name: str
) -> None:
    source = record(name, 2, channels=2)

    info = await probed(source.read_bytes())
    product = await converted(source)

    assert sniff(source.read_bytes()[:4096]) is not None
    assert (info.channels, info.sample_rate, info.has_video) == (2, 48_000, False)
    assert info.size == source.stat().st_size
    assert product.media.duration == pytest.approx(2, abs=0.1)
    samples = heard(product.audio)
    assert samples.size / SAMPLE_RATE == pytest.approx(2, abs=0.1)
    middle = samples[SAMPLE_RATE // 2 : SAMPLE_RATE * 3 // 2]
    assert np.sqrt(np.mean(np.square(middle))) == pytest.approx(0.3535, rel=0.1)
    assert np.argmax(np.abs(np.fft.rfft(middle))) == pytest.approx(440, abs=2)
    assert product.warnings == ()


@pytest.mark.parametrize("name", FILMS)
async def test_the_sound_of_every_video_container_is_taken(
    record: Record, probed: Probed, converted: Convert, name: str
) -> None:
    source = record(name, 2, channels=2, video_s=2)

    info = await probed(source.read_bytes())
    product = await converted(source)

    assert info.has_video
    assert product.media.has_video
    assert product.media.duration == pytest.approx(2, abs=0.1)
    assert product.warnings == ()


async def test_browsers_get_a_small_file_that_starts_at_once(record: Record, converted: Convert) -> None:
    product = await converted(record("tone.wav", 2, rate=44_100, channels=2))

    with av.open(str(product.playback)) as container:
        stream = container.streams.audio[0]
        seconds = sum(frame.samples for frame in container.decode(stream)) / stream.codec_context.sample_rate
        assert (stream.codec_context.name, stream.codec_context.sample_rate) == ("aac", 44_100)
        assert stream.codec_context.channels == 2
    assert seconds == pytest.approx(2, abs=0.1)
    playback = product.playback.read_bytes()
    assert playback.index(b"moov") < playback.index(b"mdat")


async def test_a_probe_of_a_long_recording_reads_little_of_it(
    record: Record, serve: Callable[[bytes], Any], limits: MediaSettings
) -> None:
    data = record("long.wav", 120, channels=2).read_bytes()
    source = serve(data)

    info = await probe(source, size=len(data), limits=limits)

    assert info.duration == pytest.approx(120, abs=0.1)
    assert source.read_bytes < len(data) / 10


async def test_a_video_that_outlasts_its_sound_is_not_called_truncated(
    record: Record, converted: Convert
) -> None:
    product = await converted(record("film.mkv", 1, video_s=6))

    assert product.media.duration == pytest.approx(1, abs=0.1)
    assert product.warnings == ()


async def test_a_cover_picture_is_no_video(record: Record, probed: Probed, tmp_path: Path) -> None:
    path = tmp_path / "cover.mp3"
    with av.open(str(record("tone.mp3"))) as source, av.open(str(path), "w") as target:
        sound = target.add_stream_from_template(source.streams.audio[0])
        cover = target.add_stream("png", rate=1)
        cover.width, cover.height, cover.pix_fmt = 16, 16, "rgb24"
        cover.disposition = av.stream.Disposition.attached_pic
        image = av.VideoFrame.from_ndarray(np.zeros((16, 16, 3), np.uint8), format="rgb24")
        image.pts = 0
        target.mux([*cover.encode(image), *cover.encode(None)])
        for packet in source.demux(audio=0):
            if packet.dts is not None:
                packet.stream = sound
                target.mux(packet)

    info = await probed(path.read_bytes())

    assert not info.has_video
