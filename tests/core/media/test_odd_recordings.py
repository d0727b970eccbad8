"""Recordings that are well-formed and yet claim what no recorder writes."""

import struct
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest

from recordings import heard
from scribe.errors import ScribeError
from scribe.media.info import Converted, MediaInfo

Record = Callable[..., Path]
Probed = Callable[[bytes], Awaitable[MediaInfo]]
Convert = Callable[[Path], Awaitable[Converted]]

INTEGERS, FLOATS = 1, 3


def wav(data: bytes, *, kind: int = INTEGERS, rate: int = 16_000, channels: int = 1, bits: int = 16) -> bytes:
    frame = channels * bits // 8
    per_second = rate * frame & 0xFFFF_FFFF
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, kind, channels, rate, per_second, frame, bits)
    body = b"WAVE" + form + struct.pack("<4sI", b"data", len(data)) + data
    return struct.pack("<4sI", b"RIFF", len(body)) + body


async def refusals(data: bytes, probed: Probed, converted: Convert, source: Path) -> tuple[str, str]:
    source.write_bytes(data)
    with pytest.raises(ScribeError) as at_probe:
        await probed(data)
    with pytest.raises(ScribeError) as at_conversion:
        await converted(source)
    return at_probe.value.code, at_conversion.value.code


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
async def test_a_float_recording_with_a_sample_that_is_no_number_is_converted(
    value: float, converted: Convert, tmp_path: Path
) -> None:
    samples = (0.5 * np.sin(np.arange(32_000) / 6)).astype(np.float32)
    samples[1_000] = value
    source = tmp_path / "broken.wav"
    source.write_bytes(wav(samples.tobytes(), kind=FLOATS, bits=32))

    product = await converted(source)

    written = heard(product.audio)
    assert written.size == samples.size
    assert np.sqrt(np.mean(written[2_000:] ** 2)) == pytest.approx(0.354, abs=0.02)


@pytest.mark.parametrize(
    ("rate", "channels"), [(1, 1), (999, 1), (2**31 - 1, 1), (16_000, 65), (16_000, 200)]
)
async def test_a_rate_or_number_of_channels_that_cannot_be(
    rate: int, channels: int, probed: Probed, converted: Convert, tmp_path: Path
) -> None:
    data = wav(bytes(2 * channels * 16_000), rate=rate, channels=channels)

    assert await refusals(data, probed, converted, tmp_path / "odd.wav") == ("MEDIA_CORRUPT", "MEDIA_CORRUPT")


async def test_a_codec_that_nobody_knows(
    record: Record, probed: Probed, converted: Convert, tmp_path: Path
) -> None:
    data = record("known.mkv").read_bytes()
    assert b"A_AAC" in data
    unknown = data.replace(b"A_AAC", b"A_XYZ")

    codes = await refusals(unknown, probed, converted, tmp_path / "unknown.mkv")

    assert codes == ("UNSUPPORTED_MEDIA", "UNSUPPORTED_MEDIA")


@pytest.mark.parametrize("size", [-(2**40), 2**40, 2**56])
async def test_a_chunk_that_leads_out_of_the_file(
    size: int, record: Record, probed: Probed, converted: Convert, tmp_path: Path
) -> None:
    data = record("whole.caf").read_bytes()
    first_chunk_ends = data.index(b"desc") + 12 + 32
    astray = data[:first_chunk_ends] + b"free" + struct.pack(">q", size) + data[first_chunk_ends:]

    codes = await refusals(astray, probed, converted, tmp_path / "astray.caf")

    assert codes == ("MEDIA_CORRUPT", "MEDIA_CORRUPT")
