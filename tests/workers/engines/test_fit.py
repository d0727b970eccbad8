from pathlib import Path

import pytest

from scribe.models import ModelStore
from scribe.settings import EngineSettings, GpuSettings
from scribe_worker.engines.base import Machine
from scribe_worker.engines.choice import Choice
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
