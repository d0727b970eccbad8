import asyncio
import os
import signal
from pathlib import Path

import psutil
import pytest

from scribe.models import ModelStore
from scribe.settings import EngineSettings, GpuSettings
from scribe_worker.engines.base import Machine
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.errors import EngineOutOfMemory
from scribe_worker.engines.host import EngineProcess
from scribe_worker.engines.residency import Residency
from scribe_worker.engines.residency_metrics import SWAPS
from workers.engines.pretended import pretended


async def pids(residency: Residency, *choices: Choice) -> list[int]:
    found = []
    for choice in choices:
        async with residency.use(choice) as loan:
            found.append(loan.engine.pid)
    return found


@pytest.mark.parametrize(
    ("policy", "budget", "swaps"), [("fit", 4000, 0), ("fit", 3999, 2), ("one", 4000, 2)]
)
async def test_two_models_stay_only_where_that_is_allowed_and_both_fit(
    engine_settings: EngineSettings, models: ModelStore, tmp_path: Path, policy: str, budget: int, swaps: int
) -> None:
    gpu = GpuSettings.model_validate({"policy": policy})
    diariser = pretended(tmp_path, "diariser", "turns", vram_mib=250)
    transcriber = pretended(tmp_path, "transcriber", "words", vram_mib=250)
    before = SWAPS._value.get()

    async with Residency(engine_settings, gpu, Machine(vram_mib=budget), models) as residency:
        first, _, again = await pids(residency, diariser, transcriber, diariser)

    assert (first == again) == (swaps == 0)
    assert SWAPS._value.get() - before == swaps


async def test_a_third_model_takes_the_place_of_the_one_that_was_used_least_lately(
    engine_settings: EngineSettings, models: ModelStore, tmp_path: Path
) -> None:
    first = pretended(tmp_path, "diariser", "first")
    second = pretended(tmp_path, "transcriber", "second")
    third = pretended(tmp_path, "transcriber", "third")

    async with Residency(engine_settings, GpuSettings(policy="fit"), Machine(), models) as residency:
        was, *_ = await pids(residency, first, second, third)
        (now,) = await pids(residency, first)

    assert now != was


async def test_two_models_of_one_engine_are_two_models(
    engine_settings: EngineSettings, models: ModelStore, tmp_path: Path
) -> None:
    large = pretended(tmp_path, "transcriber", "large")
    small = pretended(tmp_path, "transcriber", "small")
    before = SWAPS._value.get()

    async with Residency(engine_settings, GpuSettings(), Machine(), models) as residency:
        await pids(residency, large, small, large)

    assert SWAPS._value.get() - before == 2


async def test_a_neighbour_stays_when_a_dead_engine_is_replaced(
    engine_settings: EngineSettings, models: ModelStore, tmp_path: Path
) -> None:
    neighbour = pretended(tmp_path, "diariser", "turns")
    dying = pretended(tmp_path, "transcriber", "words")

    async with Residency(engine_settings, GpuSettings(policy="fit"), Machine(), models) as residency:
        stays, dies = await pids(residency, neighbour, dying)
        os.kill(dies, signal.SIGKILL)
        async with asyncio.timeout(10):
            while psutil.pid_exists(dies):
                await asyncio.sleep(0.01)
        _, still = await pids(residency, dying, neighbour)

    assert still == stays


async def test_what_runs_out_of_memory_beside_a_neighbour_is_tried_alone_before_it_is_made_lighter(
    engine_settings: EngineSettings, models: ModelStore, tmp_path: Path
) -> None:
    gpu = GpuSettings(policy="fit")
    neighbour = pretended(tmp_path, "transcriber", "words", vram_mib=10)
    choice = pretended(tmp_path, "diariser", "turns", vram_mib=10)
    seen: list[int] = []

    async def call(engine: EngineProcess) -> None:
        seen.append(engine.plan.batch_size)
        if len(seen) == 1:
            raise EngineOutOfMemory(engine="dummy", cause="CUDA out of memory", stderr="")

    async with Residency(engine_settings, gpu, Machine(vram_mib=4000), models) as residency:
        await pids(residency, neighbour)
        outcome = await residency.run(choice, call)

    assert seen == [8, 8]
    assert outcome.notices == ()
