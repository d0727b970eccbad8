import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from pydantic import JsonValue

from scribe.media import errors
from scribe.media.info import Converted
from scribe.media.messages import Finished, Refused
from scribe.media.replies import ProtocolBroken, refusal, understand
from scribe.media.sandbox import convert, probe
from scribe.settings import MediaSettings

Record = Callable[..., Path]
Convert = Callable[[Path], Awaitable[Converted]]


def children() -> list[int]:
    own = Path(f"/proc/{os.getpid()}/task")
    return [int(pid) for task in own.iterdir() for pid in (task / "children").read_text().split()]


def peak_memory_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


class Silent:
    """A source that is asked and never answers."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def read(self, start: int, end: int) -> bytes:
        self.asked.set()
        await asyncio.Event().wait()
        return bytes(end - start)


class Failing:
    async def read(self, start: int, end: int) -> bytes:
        raise ConnectionRefusedError(f"no bytes {start}-{end}")


class Killing:
    async def read(self, start: int, end: int) -> bytes:
        for pid in children():
            os.kill(pid, signal.SIGKILL)
        return bytes(end - start)


async def test_cancelling_ends_the_child_at_once(limits: MediaSettings) -> None:
    source = Silent()
    probing = asyncio.create_task(probe(source, size=1_000_000, limits=limits))
    await source.asked.wait()
    assert len(children()) == 1

    probing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probing

    assert children() == []


async def test_cancelling_a_conversion_ends_the_child_at_once(
    record: Record, limits: MediaSettings, out: Path
) -> None:
    begun = asyncio.Event()
    source = record("long.wav", 120, rate=16_000)
    converting = asyncio.create_task(convert(source, out, limits=limits, progress=lambda _share: begun.set()))
    await begun.wait()

    converting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await converting

    assert children() == []


async def test_a_probe_that_takes_too_long_is_ended(limits: MediaSettings) -> None:
    hasty = limits.model_copy(update={"probe_timeout_s": 0.2})

    with pytest.raises(errors.MediaTimeout, match=r"over 0\.2 s"):
        await probe(Silent(), size=1_000_000, limits=hasty)

    assert children() == []


async def test_a_conversion_that_takes_too_long_is_ended(
    record: Record, limits: MediaSettings, out: Path
) -> None:
    hasty = limits.model_copy(update={"convert_timeout_s": 0.2})

    with pytest.raises(errors.MediaTimeout):
        await convert(record("long.wav", 120, rate=16_000), out, limits=hasty, progress=lambda _share: None)

    assert children() == []


async def test_a_child_that_is_killed_is_reported_with_the_signal(limits: MediaSettings) -> None:
    with pytest.raises(errors.MediaProcessDied) as caught:
        await probe(Killing(), size=1_000_000, limits=limits)

    assert caught.value.detail["cause"] == "SIGKILL"
    assert not caught.value.permanent


async def test_a_child_that_cannot_write_its_files_says_why(record: Record, limits: MediaSettings) -> None:
    with pytest.raises(errors.MediaProcessDied) as caught:
        await convert(record("tone.wav"), Path("/proc"), limits=limits, progress=lambda _share: None)

    assert caught.value.detail["cause"] == "exit code 1"
    assert "FileNotFoundError" in str(caught.value.detail["stderr"])


async def test_what_the_source_raises_comes_through(limits: MediaSettings) -> None:
    with pytest.raises(ConnectionRefusedError, match="no bytes 0-"):
        await probe(Failing(), size=1_000_000, limits=limits)

    assert children() == []


async def test_the_child_sees_nothing_of_our_environment(
    limits: MediaSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIBE_AUTH__SECRET", "planted")
    source = Silent()
    probing = asyncio.create_task(probe(source, size=1_000_000, limits=limits))
    await source.asked.wait()

    environment = Path(f"/proc/{children()[0]}/environ").read_bytes()
    descriptors = len(list(Path(f"/proc/{children()[0]}/fd").iterdir()))
    probing.cancel()
    await asyncio.wait([probing])

    assert b"planted" not in environment
    assert descriptors == 4


async def test_memory_does_not_grow_with_the_duration(
    record: Record, limits: MediaSettings, out: Path
) -> None:
    peaks: list[float] = []

    def look(_share: float) -> None:
        peaks.append(peak_memory_mib(children()[0]))

    for minutes in (1, 5):
        source = record(f"{minutes}.wav", minutes * 60, rate=8000)
        await convert(source, out, limits=limits, progress=look)
        peaks.append(0)

    short, long = max(peaks[: peaks.index(0)]), max(peaks[peaks.index(0) :])
    assert long - short < 8, "5 minutes are 18 MiB of float32"


async def test_an_ordinary_recording_fits_into_the_least_memory_one_can_allow(
    record: Record, limits: MediaSettings, out: Path
) -> None:
    narrow = limits.model_copy(update={"memory_mib": 256})

    product = await convert(
        record("film.mp4", 3, channels=2, video_s=3), out, limits=narrow, progress=lambda _share: None
    )

    assert product.media.duration == pytest.approx(3, abs=0.1)


async def test_the_child_starts_without_what_only_its_parent_needs() -> None:
    heavy = "{'asyncio', 'numpy', 'pydantic', 'pydantic_settings', 'structlog'}"
    code = f"import json, sys, scribe.media.child; print(json.dumps(sorted({heavy} & set(sys.modules))))"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    printed, _ = await process.communicate()

    assert json.loads(printed) == []


@pytest.mark.parametrize(
    "message",
    [
        None,
        b"bytes",
        [],
        {},
        {"type": "finished"},
        {"type": "finished", "media": {"duration": "long"}},
        {"type": "wanted", "start": "0", "end": None},
        {"type": "progressed", "share": {}},
        {"type": "exec", "code": "1"},
    ],
)
def test_nonsense_from_a_child_that_was_taken_over_is_refused(message: JsonValue | bytes) -> None:
    with pytest.raises(ProtocolBroken):
        understand(message)


def test_a_good_end_is_understood() -> None:
    media: JsonValue = {
        "duration": 1.5,
        "format": "wav",
        "codec": "pcm_s16le",
        "bitrate": None,
        "sample_rate": 8000,
        "channels": 1,
        "size": 44,
        "has_video": False,
    }

    reply = understand({"type": "finished", "media": media, "warnings": [{"code": "A", "message": "b"}]})

    assert isinstance(reply, Finished)
    assert reply.media.duration == 1.5
    assert reply.warnings[0].code == "A"


@pytest.mark.parametrize(
    "refused",
    [
        Refused(code="INTERNAL", detail={}),
        Refused(code="NOT_FOUND", detail={}),
        Refused(code="MEDIA_TOO_LONG", detail={}),
        Refused(code="MEDIA_TOO_LONG", detail={"limit": "a string"}),
    ],
)
def test_a_refusal_that_the_child_cannot_mean_is_refused(refused: Refused) -> None:
    with pytest.raises(ProtocolBroken):
        refusal(refused)
