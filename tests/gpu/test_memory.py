"""What models really take of the GPU's memory, against what was predicted, and that all of it comes back."""

import sys
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from pydantic import JsonValue

from gpu.hog import leaving
from scribe.models import InstalledModel, ModelStore
from scribe.settings import REPOSITORY, EngineSettings, GpuSettings
from scribe_worker.engines.base import DiariseRequest, Kind, Machine, Plan, TranscribeRequest, Wish
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.gpu_memory import budget_mib, used_mib
from scribe_worker.engines.host import EngineProcess
from scribe_worker.engines.pyannote_audio.engine import PyannoteDiariser
from scribe_worker.engines.registry import engine_class
from scribe_worker.engines.residency import Outcome, Residency
from scribe_worker.engines.whisper.engine import FasterWhisperTranscriber

pytestmark = [pytest.mark.gpu, pytest.mark.timeout(1200)]

AUDIO = REPOSITORY / "tests/data/sample.flac"
FIRST_TRY_ONLY: dict[str, JsonValue] = {"faster-whisper": {"temperature": 0}}
"""Random weights say nothing but nonsense, which would be tried again and again."""

RESIDUE_MIB = 64
"""What the driver itself may keep or release meanwhile."""

Call = Callable[[EngineProcess], Awaitable[Any]]


def machine(vram_mib: int | None = None) -> Machine:
    return Machine(vram_mib=vram_mib or budget_mib(GpuSettings()), threads=4)


async def transcribe(engine: EngineProcess) -> Any:
    return await engine.transcribe(
        TranscribeRequest(audio=AUDIO, language="en", options=FIRST_TRY_ONLY), lambda _: None
    )


async def diarise(engine: EngineProcess) -> Any:
    return await engine.diarise(DiariseRequest(audio=AUDIO), lambda _: None)


async def run(
    choice: Choice, call: Call, settings: EngineSettings, models: ModelStore, offered: Machine
) -> Outcome[Any]:
    async with Residency(settings, GpuSettings(), offered, models) as residency:
        return await residency.run(choice, call)


def tell(what: str, plan: Plan, kind: Kind, name: str, peak: int) -> None:
    """For the record in docs/performance.md."""
    predicted = engine_class(kind, name).vram_mib(plan)
    sys.stderr.write(
        f"\n{what}: {plan.compute_type}, batch {plan.batch_size}: {peak} MiB, predicted {predicted}\n"
    )


@pytest.mark.parametrize("compute_type", ["float16", "int8_float16"])
@pytest.mark.parametrize("batch_size", [1, 4, 8])
async def test_whisper_takes_no_more_memory_than_predicted_and_gives_it_back(
    large_v3: InstalledModel,
    models: ModelStore,
    engine_settings: EngineSettings,
    batch_size: int,
    compute_type: str,
) -> None:
    wish = Wish(device="cuda", compute_type=compute_type, batch_size=batch_size)
    plan = FasterWhisperTranscriber.plan(large_v3, wish, machine())
    before = used_mib()

    choice = Choice("transcriber", "faster-whisper", plan)
    outcome = await run(choice, transcribe, engine_settings, models, machine())

    tell("whisper large-v3", plan, "transcriber", "faster-whisper", outcome.peak_vram_mib)
    predicted = FasterWhisperTranscriber.vram_mib(plan)
    assert predicted / 2 < outcome.peak_vram_mib <= predicted
    assert abs(used_mib() - before) <= RESIDUE_MIB


@pytest.mark.parametrize("batch_size", [1, 4, 16])
async def test_pyannote_takes_no_more_memory_than_predicted_and_gives_it_back(
    community_1: InstalledModel, models: ModelStore, engine_settings: EngineSettings, batch_size: int
) -> None:
    plan = PyannoteDiariser.plan(community_1, Wish(device="cuda", batch_size=batch_size), machine())
    before = used_mib()

    choice = Choice("diariser", "pyannote", plan)
    outcome = await run(choice, diarise, engine_settings, models, machine())

    tell("pyannote community-1", plan, "diariser", "pyannote", outcome.peak_vram_mib)
    assert 0 < outcome.peak_vram_mib <= PyannoteDiariser.vram_mib(plan)
    assert outcome.answer.turns
    assert abs(used_mib() - before) <= RESIDUE_MIB


async def test_within_a_small_budget_a_lighter_plan_is_taken_and_told(
    large_v3: InstalledModel, models: ModelStore, engine_settings: EngineSettings
) -> None:
    wish = Wish(device="cuda", compute_type="float16", batch_size=8)
    choice = Choice("transcriber", "faster-whisper", FasterWhisperTranscriber.plan(large_v3, wish, machine()))
    small = machine(FasterWhisperTranscriber.vram_mib(choice.plan) - 1)

    outcome = await run(choice, transcribe, engine_settings, models, small)

    assert outcome.engine.plan.batch_size < choice.plan.batch_size
    assert [notice.code for notice in outcome.notices] == ["ENGINE_STEPPED_DOWN"]
    assert outcome.peak_vram_mib <= small.vram_mib


async def test_memory_that_somebody_else_took_is_found_out_and_worked_around(
    large_v3: InstalledModel, models: ModelStore, engine_settings: EngineSettings
) -> None:
    wish = Wish(device="cuda", compute_type="float16", batch_size=8)
    choice = Choice("transcriber", "faster-whisper", FasterWhisperTranscriber.plan(large_v3, wish, machine()))
    alone = choice.plan.model_copy(update={"batch_size": 1})
    lightest = alone.model_copy(update={"compute_type": "int8_float16"})
    rooms = [FasterWhisperTranscriber.vram_mib(plan) for plan in (lightest, alone)]
    with leaving(sum(rooms) // 2):
        outcome = await run(choice, transcribe, engine_settings, models, machine())

    assert outcome.engine.plan != choice.plan
    assert outcome.engine.plan.device == "cuda"
    assert [notice.code for notice in outcome.notices] == ["ENGINE_STEPPED_DOWN"]
