import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import psutil
import pytest
from pydantic import JsonValue

from scribe.settings import EngineSettings
from scribe_worker.engines.base import Diarisation, DiariseRequest, TranscribeRequest
from scribe_worker.engines.errors import (
    EngineCrashed,
    EngineFailed,
    EngineOutOfMemory,
    EngineTimeout,
    EngineUnavailable,
)
from scribe_worker.engines.host import EngineProcess


def ignore(_fraction: float) -> None:
    pass


def order(recording: Path, **dummy: JsonValue) -> DiariseRequest:
    return DiariseRequest(audio=recording, options={"dummy": dummy})


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


class FirstProgress:
    """Says when an engine is at work."""

    def __init__(self) -> None:
        self.seen = asyncio.Event()

    def __call__(self, _fraction: float) -> None:
        self.seen.set()


@pytest.fixture
async def dummy(engine_settings: EngineSettings) -> AsyncIterator[EngineProcess]:
    engine = await EngineProcess.start("diariser", "dummy", engine_settings)
    await engine.load()
    yield engine
    await engine.close()


async def test_an_engine_answers_with_turns_up_to_the_end_of_the_recording(
    dummy: EngineProcess, recording: Path
) -> None:
    result = await dummy.diarise(DiariseRequest(audio=recording, speakers=3), ignore)

    assert [(turn.start, turn.end, turn.speaker) for turn in result.turns] == [
        (0, 5, 0),
        (5, 10, 1),
        (10, 12, 2),
    ]
    assert [notice.code for notice in result.warnings] == ["ENGINE_DUMMY"]
    assert dummy.info.name == "dummy"


async def test_a_transcriber_answers_with_words(engine_settings: EngineSettings, recording: Path) -> None:
    engine = await EngineProcess.start("transcriber", "dummy", engine_settings)
    try:
        await engine.load()
        result = await engine.transcribe(TranscribeRequest(audio=recording), ignore)
    finally:
        await engine.close()

    assert len(result.words) == 30
    assert result.words[-1].end == pytest.approx(12)


async def test_progress_is_streamed_and_grows(dummy: EngineProcess, recording: Path) -> None:
    seen: list[float] = []

    await dummy.diarise(order(recording, seconds=0.5), seen.append)

    assert len(seen) >= 3
    assert seen == sorted(seen)


async def test_a_crash_names_the_signal_and_keeps_what_was_printed_last(
    dummy: EngineProcess, recording: Path
) -> None:
    with pytest.raises(EngineCrashed) as caught:
        await dummy.diarise(order(recording, fail="crash"), ignore)

    assert caught.value.detail["cause"] == "signal SIGSEGV"
    assert "the dummy crashes as ordered" in str(caught.value.detail["stderr"])
    assert not dummy.alive


async def test_a_hang_is_ended_after_the_silence_limit(recording: Path) -> None:
    engine = await EngineProcess.start("diariser", "dummy", EngineSettings(silent_timeout_s=0.3))
    await engine.load()

    with pytest.raises(EngineTimeout, match="no sign of life"):
        await engine.diarise(order(recording, fail="hang"), ignore)

    assert not is_running(engine.pid)


async def test_work_without_end_is_ended_after_the_total_limit(
    recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scribe_worker.engines.host._SHORTEST_LIMIT_S", 0.3)
    engine = await EngineProcess.start("diariser", "dummy", EngineSettings(total_timeout_factor=0.001))
    await engine.load()

    with pytest.raises(EngineTimeout, match="was not finished"):
        await engine.diarise(order(recording, seconds=60), ignore)

    assert not is_running(engine.pid)


async def test_what_an_engine_raises_is_told_and_the_engine_stays_loaded(
    dummy: EngineProcess, recording: Path
) -> None:
    with pytest.raises(EngineFailed, match="ValueError: the dummy fails as ordered") as caught:
        await dummy.diarise(order(recording, fail="raise"), ignore)

    assert "Traceback" in str(caught.value.detail["stderr"])
    assert (await dummy.diarise(order(recording), ignore)).turns


async def test_a_memory_error_is_told_and_the_memory_is_freed(dummy: EngineProcess, recording: Path) -> None:
    with pytest.raises(EngineOutOfMemory, match="MemoryError"):
        await dummy.diarise(order(recording, fail="oom"), ignore)

    assert not is_running(dummy.pid)


async def test_cancelling_ends_the_process_at_once(dummy: EngineProcess, recording: Path) -> None:
    at_work = FirstProgress()
    call = asyncio.create_task(dummy.diarise(order(recording, seconds=60), at_work))
    await at_work.seen.wait()

    call.cancel()
    async with asyncio.timeout(1):
        with pytest.raises(asyncio.CancelledError):
            await call

    assert not is_running(dummy.pid)


async def test_cancelling_a_load_leaves_no_process(engine_settings: EngineSettings) -> None:
    engine = await EngineProcess.start("diariser", "dummy", engine_settings)
    loading = asyncio.create_task(engine.load())
    await asyncio.sleep(0)
    assert is_running(engine.pid)

    loading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loading

    assert not is_running(engine.pid)


async def test_a_watcher_that_raises_ends_the_call(dummy: EngineProcess, recording: Path) -> None:
    def refuse(_fraction: float) -> None:
        raise LookupError("the lease is lost")

    with pytest.raises(LookupError, match="the lease is lost"):
        await dummy.diarise(order(recording, seconds=60), refuse)

    assert not is_running(dummy.pid)


async def test_a_killed_engine_is_a_crash(dummy: EngineProcess, recording: Path) -> None:
    at_work = FirstProgress()
    call = asyncio.create_task(dummy.diarise(order(recording, seconds=60), at_work))
    await at_work.seen.wait()

    os.kill(dummy.pid, signal.SIGKILL)

    with pytest.raises(EngineCrashed, match="SIGKILL"):
        await call


@pytest.fixture
def odd(
    engine_settings: EngineSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Awaitable[EngineProcess]]:
    """Starts a dummy from another package that does something else before it diarises."""

    async def start(first: str) -> EngineProcess:
        site = tmp_path / "site"
        metadata = site / "odd-1.dist-info"
        metadata.mkdir(parents=True)
        (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1\n")
        (metadata / "entry_points.txt").write_text("[scribe.diarisers]\nodd = odd:Odd\n")
        (site / "odd.py").write_text(
            textwrap.dedent(f"""
                from scribe_worker.engines.dummy import DummyDiariser

                class Odd(DummyDiariser):
                    def diarise(self, request, progress):
                        {first}
                        return super().diarise(request, progress)
            """)
        )
        with_site = {"PYTHONPATH": str(site), "PATH": os.defpath}
        monkeypatch.setattr("scribe_worker.engines.spawn.environment", lambda _threads: with_site)
        engine = await EngineProcess.start("diariser", "odd", engine_settings)
        await engine.load()
        return engine

    return start


async def test_printing_to_stdout_does_not_disturb_the_conversation(
    odd: Callable[[str], Awaitable[EngineProcess]], recording: Path
) -> None:
    engine = await odd('print("x" * 1_000_000, flush=True)')
    try:
        result: Diarisation = await engine.diarise(DiariseRequest(audio=recording), ignore)
    finally:
        await engine.close()

    assert len(result.turns) == 3


async def test_an_error_of_the_gpu_ends_the_process_that_it_may_have_spoilt(
    odd: Callable[[str], Awaitable[EngineProcess]], recording: Path
) -> None:
    engine = await odd('raise RuntimeError("CUDA error: an illegal memory access was encountered")')

    with pytest.raises(EngineCrashed, match="illegal memory access") as caught:
        await engine.diarise(DiariseRequest(audio=recording), ignore)

    assert "Traceback" in str(caught.value.detail["stderr"])
    assert not is_running(engine.pid)


async def test_an_unknown_engine_is_unavailable(engine_settings: EngineSettings) -> None:
    engine = await EngineProcess.start("diariser", "nobody", engine_settings)

    with pytest.raises(EngineUnavailable, match="no such diariser"):
        await engine.load()

    assert not is_running(engine.pid)


async def test_the_process_sees_no_secret_and_no_network(
    engine_settings: EngineSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCRIBE_AUTH__SECRET", "a secret that an engine has no business with")
    engine = await EngineProcess.start("diariser", "dummy", engine_settings)
    try:
        environment = psutil.Process(engine.pid).environ()
    finally:
        await engine.close()

    assert not [name for name in environment if name.startswith("SCRIBE_")]
    assert environment["HF_HUB_OFFLINE"] == "1"
    assert environment["PYANNOTE_METRICS_ENABLED"] == "0"
    assert environment["OMP_NUM_THREADS"] == "1"


def test_no_engine_outlives_a_worker_that_is_killed(tmp_path: Path, recording: Path) -> None:
    """The engine computes when its worker dies, so it cannot notice by reading."""
    script = tmp_path / "worker.py"
    script.write_text(
        textwrap.dedent(f"""
            import asyncio
            from pathlib import Path
            from scribe.settings import EngineSettings
            from scribe_worker.engines.base import DiariseRequest
            from scribe_worker.engines.host import EngineProcess

            async def main():
                engine = await EngineProcess.start("diariser", "dummy", EngineSettings())
                await engine.load()
                request = DiariseRequest(
                    audio=Path({str(recording)!r}), options={{"dummy": {{"seconds": 60}}}}
                )
                await engine.diarise(request, lambda _: print(engine.pid, flush=True))

            asyncio.run(main())
        """)
    )
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        pid = int(worker.stdout.readline())
        worker.kill()

    deadline = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_running(pid)


def test_the_worker_itself_imports_no_engine_library() -> None:
    heavy = ("torch", "faster_whisper", "pocketsphinx", "sklearn", "scipy", "onnxruntime")
    script = textwrap.dedent(f"""
        import sys
        import scribe_worker.engines.residency
        from pathlib import Path
        from scribe.models import ModelStore
        from scribe.settings import EngineSettings
        from scribe_worker.engines.base import Machine
        from scribe_worker.engines.registry import Registry
        assert Registry(ModelStore(Path("none")), EngineSettings(), Machine()).catalogue()
        print([name for name in {heavy!r} if name in sys.modules])
    """)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.strip() == "[]"
