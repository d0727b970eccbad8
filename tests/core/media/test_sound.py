import io
import json
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from recordings import heard
from scribe.media.info import SAMPLE_RATE, Converted
from scribe.media.peaks import Peaks
from scribe.media.sandbox import convert
from scribe.settings import MediaSettings

Record = Callable[..., Path]
Convert = Callable[[Path], Awaitable[Converted]]


def loudness(samples: npt.NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(np.square(samples), dtype=np.float64)))


def wav(samples: npt.NDArray[np.int16], rate: int, *, data_size: int | None = None) -> bytes:
    """A plain WAV with any number of channels and no word on which is where."""
    channels, frames = samples.shape
    size = frames * channels * 2 if data_size is None else data_size
    file = io.BytesIO()
    file.write(b"RIFF" + struct.pack("<I", min(36 + size, 0xFFFFFFFF)) + b"WAVEfmt ")
    file.write(struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * channels * 2, channels * 2, 16))
    file.write(b"data" + struct.pack("<I", size) + samples.T.tobytes())
    return file.getvalue()


def one_voice(channels: int, speaking: int) -> npt.NDArray[np.int16]:
    samples = np.zeros((channels, 48_000), np.int16)
    samples[speaking] = np.sin(np.arange(48_000) * 0.06) * 20_000
    return samples


@pytest.mark.parametrize("channels", [1, 2, 3, 4, 5, 6, 7, 8, 16])
async def test_any_number_of_channels_without_a_layout_becomes_mono(
    converted: Convert, tmp_path: Path, channels: int
) -> None:
    path = tmp_path / "many.wav"
    path.write_bytes(wav(np.tile(one_voice(1, 0), (channels, 1)), 48_000))

    product = await converted(path)

    assert product.media.channels == channels
    assert product.media.duration == pytest.approx(1, abs=0.01)
    assert loudness(heard(product.audio)) > 0.1


@pytest.mark.parametrize("speaking", [0, 1, 2, 4, 5])
async def test_whoever_speaks_on_one_of_six_channels_is_heard(
    record: Record, converted: Convert, speaking: int
) -> None:
    product = await converted(record("six.flac", samples=one_voice(6, speaking)))

    assert product.media.channels == 6
    assert loudness(heard(product.audio)) > 0.03


async def test_the_down_mix_of_six_full_channels_does_not_clip(record: Record, converted: Convert) -> None:
    loud = np.tile(one_voice(1, 0), (6, 1))

    product = await converted(record("six.flac", samples=loud))

    assert 0.3 < np.abs(heard(product.audio)).max() < 0.99


async def test_silence_that_nobody_stored_is_put_back(record: Record, converted: Convert) -> None:
    product = await converted(record("hole.mkv", 2, hole=(1, 3)))

    samples = heard(product.audio)
    assert samples.size / SAMPLE_RATE == pytest.approx(5, abs=0.1)
    assert loudness(samples[int(1.5 * SAMPLE_RATE) : int(3.5 * SAMPLE_RATE)]) < 0.001
    assert loudness(samples[int(4.2 * SAMPLE_RATE) : int(4.8 * SAMPLE_RATE)]) > 0.2


async def test_a_clock_that_jumps_by_hours_adds_no_hours(record: Record, converted: Convert) -> None:
    product = await converted(record("jump.mkv", 2, hole=(1, 7200)))

    assert heard(product.audio).size / SAMPLE_RATE == pytest.approx(2, abs=0.1)


async def test_a_recording_may_change_its_rate_and_channels_midway(
    record: Record, converted: Convert, tmp_path: Path
) -> None:
    path = tmp_path / "joined.mp3"
    first = record("first.mp3", 2, rate=44_100, channels=1).read_bytes()
    second = record("second.mp3", 2, rate=48_000, channels=2).read_bytes()
    path.write_bytes(first + second)

    product = await converted(path)

    samples = heard(product.audio)
    assert samples.size / SAMPLE_RATE == pytest.approx(4, abs=0.2)
    assert loudness(samples[: 2 * SAMPLE_RATE]) > 0.2
    assert loudness(samples[int(2.3 * SAMPLE_RATE) :]) > 0.2


async def test_the_waveform_shows_where_it_is_loud(record: Record, converted: Convert) -> None:
    samples = np.zeros((1, 96_000), np.int16)
    samples[:, 48_000:] = one_voice(1, 0)

    drawn = json.loads((await converted(record("half.flac", samples=samples))).peaks.read_text())

    assert drawn["version"] == 1
    assert drawn["duration"] == 2
    assert drawn["per_second"] == 20
    assert len(drawn["peaks"]) == 40
    assert max(drawn["peaks"][:19]) == 0
    assert min(drawn["peaks"][21:]) == pytest.approx(20_000 * 255 / 32_768, abs=4)


def test_the_waveform_of_a_long_recording_stays_small() -> None:
    peaks = Peaks()
    hour = np.zeros(3600 * SAMPLE_RATE, np.int16)
    hour[0] = -32_768
    for _ in range(2):
        peaks.add(hour)

    drawn = json.loads(peaks.as_json())

    assert len(drawn["peaks"]) <= 36_000
    assert len(drawn["peaks"]) / drawn["per_second"] == pytest.approx(7200, abs=1)
    assert drawn["peaks"][0] == 255


async def test_progress_rises_to_the_end(record: Record, limits: MediaSettings, out: Path) -> None:
    shares: list[float] = []

    await convert(record("tone.wav", 20), out, limits=limits, progress=shares.append)

    assert shares == sorted(shares)
    assert len(shares) > 20
    assert 0.9 < shares[-1] <= 1


def test_only_our_own_audio_is_decoded_here(record: Record) -> None:
    with pytest.raises(ValueError, match="does not have 16 kHz"):
        heard(record("stranger.flac"))
