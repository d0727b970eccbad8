import asyncio
import io
import struct
import wave
from collections.abc import Awaitable, Callable
from pathlib import Path

import numpy as np
import pytest

from scribe.errors import ScribeError
from scribe.media.info import Converted, MediaInfo
from scribe.media.sniff import sniff
from scribe.settings import MediaSettings

Record = Callable[..., Path]
Probed = Callable[[bytes], Awaitable[MediaInfo]]
Convert = Callable[[Path], Awaitable[Converted]]
Codes = Callable[[bytes], Awaitable[tuple[str, str]]]

NOTHING = "converted"


async def code_of(attempt: Awaitable[object]) -> str:
    try:
        await attempt
    except ScribeError as error:
        return error.code if error.permanent else f"{error.code}, but called temporary"
    return NOTHING


@pytest.fixture
def outcome(probed: Probed, converted: Convert, tmp_path: Path) -> Codes:
    """The error codes of a probe and of a conversion."""

    async def run(data: bytes) -> tuple[str, str]:
        path = tmp_path / "given"
        path.write_bytes(data)
        return await code_of(probed(data)), await code_of(converted(path))

    return run


def codes_of(product: Converted) -> list[str]:
    return [notice.code for notice in product.warnings]


def big_endian(value: int) -> bytes:
    return struct.pack(">I", value)


async def test_an_empty_file(outcome: Codes) -> None:
    assert await outcome(b"") == ("EMPTY_FILE", "EMPTY_FILE")


@pytest.mark.parametrize(
    "data",
    [
        b"Dear all,\nplease find attached the minutes.\n" * 50,
        "Réunion du comité\n".encode("utf-16"),
        b"%PDF-1.7\n" + bytes(500),
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"PK\x03\x04" + bytes(500),
        b"\x7fELF" + bytes(500),
        bytes(5000),
        b"x",
    ],
)
async def test_text_and_other_things_that_are_no_recording(outcome: Codes, data: bytes) -> None:
    assert sniff(data[:4096]) is None
    assert await outcome(data) == ("UNSUPPORTED_MEDIA", "UNSUPPORTED_MEDIA")


@pytest.mark.parametrize(
    "magic", [b"RIFF\x00\x10\x00\x00WAVE", b"fLaC", b"OggS", b"\x1aE\xdf\xa3", b"ID3\x04"]
)
async def test_a_recording_in_its_first_bytes_only(outcome: Codes, magic: bytes) -> None:
    assert await outcome(magic + b"nothing that any decoder knows " * 100) == (
        "MEDIA_CORRUPT",
        "MEDIA_CORRUPT",
    )


async def test_a_video_without_sound(outcome: Codes, film: Path) -> None:
    assert await outcome(film.read_bytes()) == ("NO_AUDIO", "NO_AUDIO")


@pytest.mark.parametrize("name", ["short.wav", "short.flac", "short.mkv", "short.mp3"])
async def test_a_tenth_of_a_second(outcome: Codes, record: Record, name: str) -> None:
    data = record(name, 0.1).read_bytes()

    assert await outcome(data) == ("MEDIA_TOO_SHORT", "MEDIA_TOO_SHORT")


async def test_a_header_without_audio_behind_it(outcome: Codes) -> None:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))

    assert await outcome(buffer.getvalue()) == ("MEDIA_CORRUPT", "MEDIA_CORRUPT")


@pytest.mark.parametrize("name", ["cut.mp3", "cut.flac", "cut.wav", "cut.mkv"])
async def test_a_truncated_recording_keeps_what_is_there_and_says_so(
    record: Record, converted: Convert, name: str
) -> None:
    path = record(name, 20)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    product = await converted(path)

    assert product.media.duration == pytest.approx(10, abs=1)
    assert "MEDIA_TRUNCATED" in codes_of(product)


async def test_a_truncated_recording_that_never_knew_its_length_is_converted(
    record: Record, converted: Convert
) -> None:
    path = record("cut.ogg", 20, channels=2)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    assert (await converted(path)).media.duration == pytest.approx(10, abs=2)


async def test_an_mp4_that_lost_its_index(outcome: Codes, record: Record) -> None:
    data = record("cut.m4a", 5).read_bytes()

    assert await outcome(data[: len(data) // 2]) == ("MEDIA_CORRUPT", "MEDIA_CORRUPT")


async def test_a_header_that_promises_less_than_there_is(record: Record, converted: Convert) -> None:
    path = record("modest.mp3", 20)
    data = bytearray(path.read_bytes())
    mark = max(data.find(b"Xing"), data.find(b"Info"))
    data[mark + 8 : mark + 12] = big_endian(100)
    path.write_bytes(data)

    product = await converted(path)

    assert product.media.duration == pytest.approx(20, abs=0.5)
    assert codes_of(product) == ["DURATION_MISMATCH"]


async def test_a_header_that_promises_more_than_there_is(
    record: Record, probed: Probed, converted: Convert
) -> None:
    path = record("boastful.flac", 5)
    data = bytearray(path.read_bytes())
    data[22:26] = big_endian(48_000 * 1000)
    path.write_bytes(data)

    info = await probed(bytes(data))
    product = await converted(path)

    assert info.duration == pytest.approx(1000, abs=1)
    assert product.media.duration == pytest.approx(5, abs=0.1)
    assert codes_of(product) == ["MEDIA_TRUNCATED"]


async def test_a_recorder_that_could_not_go_back_to_write_the_length(outcome: Codes, record: Record) -> None:
    data = bytearray(record("streamed.wav", 2).read_bytes())
    mark = data.index(b"data")
    data[4:8] = data[mark + 4 : mark + 8] = b"\xff\xff\xff\xff"

    assert await outcome(bytes(data)) == (NOTHING, NOTHING)


@pytest.mark.parametrize("name", ["scratched.aac", "scratched.mp3", "scratched.mkv"])
async def test_what_follows_a_damaged_place_is_kept(record: Record, converted: Convert, name: str) -> None:
    path = record(name, 20)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = np.random.default_rng(1).bytes(3000)
    path.write_bytes(data)

    product = await converted(path)

    assert product.media.duration == pytest.approx(20, abs=1.5)
    assert "MEDIA_DAMAGED" in codes_of(product)


async def test_hours_of_silence_in_a_small_file(
    record: Record, outcome: Codes, limits: MediaSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "max_duration_hours", 60 / 3600)
    data = record("bomb.flac", rate=16_000, samples=np.zeros((1, 120 * 16_000), np.int16)).read_bytes()

    assert len(data) < 100_000
    assert await outcome(data) == ("MEDIA_TOO_LONG", "MEDIA_TOO_LONG")


async def test_hours_of_silence_whose_header_keeps_quiet_about_it(
    record: Record, outcome: Codes, limits: MediaSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "max_duration_hours", 60 / 3600)
    path = record("bomb.flac", rate=16_000, samples=np.zeros((1, 120 * 16_000), np.int16))
    data = bytearray(path.read_bytes())
    data[22:26] = big_endian(16_000)

    assert await outcome(bytes(data)) == (NOTHING, "MEDIA_TOO_LONG")


def concat(path: Path) -> bytes:
    return f"ffconcat version 1.0\nfile '{path.name}'\nfile 'file:{path}'\n".encode()


def hls(path: Path) -> bytes:
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{path}\n#EXT-X-ENDLIST\n".encode()


@pytest.mark.parametrize("script", [concat, hls])
@pytest.mark.parametrize("disguise", [b"", b"ID3\x04\x00\x00\x00\x00\x00\x00"])
async def test_a_playlist_in_disguise_opens_no_other_file(
    record: Record, outcome: Codes, script: Callable[[Path], bytes], disguise: bytes
) -> None:
    secret = record("secret.mp3", 5)

    for code in await outcome(disguise + script(secret)):
        assert code in {"UNSUPPORTED_MEDIA", "MEDIA_CORRUPT"}


@pytest.mark.parametrize("disguise", [b"", b"ID3\x04\x00\x00\x00\x00\x00\x00"])
async def test_a_playlist_in_disguise_calls_nobody(outcome: Codes, disguise: bytes) -> None:
    calls = 0

    async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal calls
        calls += 1
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        address = f"http://127.0.0.1:{port}/segment.ts"
        playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\n{address}\n#EXT-X-ENDLIST\n"
        codes = await outcome(disguise + playlist.encode())

    assert NOTHING not in codes
    assert calls == 0
