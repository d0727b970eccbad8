from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from scribe.models import ModelStore
from scribe.settings import EngineSettings, GpuSettings
from scribe_worker.engines.base import Diarisation, DiariseRequest, Machine
from scribe_worker.engines.errors import EngineOutOfMemory
from scribe_worker.engines.host import EngineProcess
from scribe_worker.engines.ladder import REMEMBERED_S, Ladder
from scribe_worker.engines.residency import Outcome, Residency
from scribe_worker.engines.residency_metrics import LADDER_STEPS
from workers.engines.pretended import pretended


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def steps() -> float:
    return float(LADDER_STEPS.labels("diariser", "dummy")._value.get())


@pytest.fixture
async def residency(engine_settings: EngineSettings, models: ModelStore) -> AsyncIterator[Residency]:
    async with Residency(engine_settings, GpuSettings(), Machine(vram_mib=4000), models) as opened:
        yield opened


async def diarised(residency: Residency, audio: Path, folder: Path, **recipe: int) -> Outcome[Diarisation]:
    async def call(engine: EngineProcess) -> Diarisation:
        return await engine.diarise(DiariseRequest(audio=audio), lambda _: None)

    return await residency.run(pretended(folder, "diariser", **recipe), call)


async def test_what_is_predicted_to_fit_is_loaded_as_it_was_chosen(
    residency: Residency, recording: Path, tmp_path: Path
) -> None:
    outcome = await diarised(residency, recording, tmp_path, vram_mib=500)

    assert outcome.engine.plan.batch_size == 8
    assert outcome.notices == ()


async def test_what_is_predicted_not_to_fit_is_loaded_lighter_and_the_reader_is_told(
    residency: Residency, recording: Path, tmp_path: Path
) -> None:
    before = steps()

    outcome = await diarised(residency, recording, tmp_path, vram_mib=1500)

    assert outcome.engine.plan.batch_size == 2
    assert [notice.code for notice in outcome.notices] == ["ENGINE_STEPPED_DOWN"]
    assert "batch size 2 instead of 8" in outcome.notices[0].message
    assert steps() == before + 2


async def test_when_memory_runs_out_at_work_the_work_is_done_again_with_less(
    residency: Residency, recording: Path, tmp_path: Path
) -> None:
    outcome = await diarised(residency, recording, tmp_path, vram_mib=10, most_batch=1)

    assert outcome.answer.turns
    assert outcome.engine.plan.batch_size == 1
    assert "batch size 1 instead of 8" in outcome.notices[0].message


async def test_what_was_learned_serves_the_next_user_without_another_failure(
    residency: Residency, recording: Path, tmp_path: Path
) -> None:
    first = await diarised(residency, recording, tmp_path, vram_mib=10, most_batch=4)
    before = steps()

    second = await diarised(residency, recording, tmp_path, vram_mib=10, most_batch=4)

    assert second.engine.pid == first.engine.pid
    assert second.notices == first.notices
    assert steps() == before


async def test_nothing_lighter_left_is_a_clear_failure(
    residency: Residency, recording: Path, tmp_path: Path
) -> None:
    with pytest.raises(EngineOutOfMemory, match="5000 MiB are predicted, 4000 MiB may be used"):
        await diarised(residency, recording, tmp_path, vram_mib=5000)


def test_the_choices_own_plan_gets_another_chance_after_a_while(models: ModelStore, tmp_path: Path) -> None:
    clock = Clock()
    ladder = Ladder(Machine(vram_mib=4000), models, clock)
    choice = pretended(tmp_path, "diariser", vram_mib=10)
    assert ladder.step_down(choice, "memory ran out")
    assert ladder.plan(choice).batch_size == 4

    clock.now = REMEMBERED_S + 1

    assert ladder.plan(choice) == choice.plan
    assert ladder.notices(choice) == ()
