import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from scribe.models import ModelStore
from scribe.settings import EngineSettings, GpuSettings
from scribe_worker.engines.base import DiariseRequest, Kind, Machine
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.errors import EngineCrashed, EngineUnavailable
from scribe_worker.engines.residency import Residency

DIARISER = Choice("diariser", "dummy")
TRANSCRIBER = Choice("transcriber", "dummy")


def ignore(_fraction: float) -> None:
    pass


def children() -> list[int]:
    """Engine processes of this test process, those that ended but were not reaped included."""
    return [child.pid for child in psutil.Process().children() if is_engine(child)]


def is_engine(process: psutil.Process) -> bool:
    try:
        return "scribe_worker.engines.child" in process.cmdline()
    except psutil.ZombieProcess:
        return True
    except psutil.NoSuchProcess:
        return False


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.01)


async def pid_of(residency: Residency, kind: Kind, name: str) -> int:
    async with residency.use(Choice(kind, name)) as loan:
        return loan.engine.pid


async def test_the_loaded_model_serves_the_next_user_too(residency: Residency) -> None:
    first = await pid_of(residency, "diariser", "dummy")
    second = await pid_of(residency, "diariser", "dummy")

    assert first == second


async def test_another_model_starts_only_after_the_last_one_is_gone(residency: Residency) -> None:
    first = await pid_of(residency, "diariser", "dummy")
    async with residency.use(TRANSCRIBER) as loan:
        assert children() == [loan.engine.pid]
        assert loan.engine.pid != first


async def test_twenty_meetings_at_once_never_see_two_models_and_swap_rarely(residency: Residency) -> None:
    seen: list[int] = []

    async def stage(kind: Kind) -> None:
        async with residency.use(Choice(kind, "dummy")) as loan:
            assert children() == [loan.engine.pid]
            await asyncio.sleep(0)
            assert children() == [loan.engine.pid]
            seen.append(loan.engine.pid)

    kinds: list[Kind] = ["diariser", "transcriber"] * 10
    await asyncio.gather(*(stage(kind) for kind in kinds))

    assert len(seen) == 20
    assert len(set(seen)) == 2


async def test_a_crash_is_told_and_the_next_user_gets_a_new_process(
    residency: Residency, recording: Path
) -> None:
    with pytest.raises(EngineCrashed):
        async with residency.use(DIARISER) as loan:
            await loan.engine.diarise(
                DiariseRequest(audio=recording, options={"dummy": {"fail": "crash"}}), ignore
            )

    async with residency.use(DIARISER) as loan:
        assert (await loan.engine.diarise(DiariseRequest(audio=recording), ignore)).turns


async def test_an_idle_model_that_was_killed_is_replaced(residency: Residency) -> None:
    async with residency.use(DIARISER) as loan:
        first = loan.engine
    os.kill(first.pid, signal.SIGKILL)
    await until(lambda: not first.alive)

    assert await pid_of(residency, "diariser", "dummy") != first.pid


async def test_a_cancelled_user_frees_the_engine_for_the_next(residency: Residency, recording: Path) -> None:
    at_work = asyncio.Event()

    async def work() -> None:
        async with residency.use(DIARISER) as loan:
            request = DiariseRequest(audio=recording, options={"dummy": {"seconds": 60}})
            await loan.engine.diarise(request, lambda _: at_work.set())

    working = asyncio.create_task(work())
    await at_work.wait()
    waiting = asyncio.create_task(pid_of(residency, "diariser", "dummy"))
    working.cancel()

    with pytest.raises(asyncio.CancelledError):
        await working
    assert children() in ([], [await waiting])


async def test_a_user_cancelled_twice_during_a_swap_leaves_no_second_model(residency: Residency) -> None:
    await pid_of(residency, "diariser", "dummy")
    swapping = asyncio.create_task(pid_of(residency, "transcriber", "dummy"))
    await asyncio.sleep(0)
    swapping.cancel()
    await asyncio.sleep(0)
    swapping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await swapping

    async with residency.use(TRANSCRIBER) as loan:
        assert children() == [loan.engine.pid]


async def test_an_engine_that_does_not_load_leaves_the_residency_usable(residency: Residency) -> None:
    with pytest.raises(EngineUnavailable):
        await pid_of(residency, "diariser", "nobody")

    assert await pid_of(residency, "diariser", "dummy")


async def test_an_unused_model_is_unloaded(engine_settings: EngineSettings, models: ModelStore) -> None:
    settings = engine_settings.model_copy(update={"idle_timeout_s": 0.05})
    async with Residency(settings, GpuSettings(), Machine(), models) as residency:
        await pid_of(residency, "diariser", "dummy")
        await until(lambda: not children())

        assert await pid_of(residency, "diariser", "dummy")


async def test_nothing_runs_after_close_and_those_who_wait_are_told(
    engine_settings: EngineSettings, models: ModelStore, recording: Path
) -> None:
    residency = Residency(engine_settings, GpuSettings(), Machine(), models)
    at_work = asyncio.Event()

    async def work() -> None:
        async with residency.use(DIARISER) as loan:
            request = DiariseRequest(audio=recording, options={"dummy": {"seconds": 60}})
            await loan.engine.diarise(request, lambda _: at_work.set())

    working = asyncio.create_task(work())
    await at_work.wait()
    waiting = asyncio.create_task(pid_of(residency, "transcriber", "dummy"))
    await asyncio.sleep(0)

    await residency.close()

    assert children() == []
    with pytest.raises(EngineCrashed):
        await working
    with pytest.raises(EngineCrashed, match="the worker is stopping"):
        await waiting
    assert children() == []
