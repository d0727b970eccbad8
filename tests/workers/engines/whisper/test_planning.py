import itertools
from pathlib import Path

import pytest

from scribe.models import InstalledModel
from scribe_worker.engines.base import Device, Machine, Plan, Wish
from scribe_worker.engines.whisper.engine import FasterWhisperTranscriber as Engine
from scribe_worker.engines.whisper.planning import longest_block

MIB = 1024 * 1024
LARGE_MIB, TURBO_MIB = 2944, 1543
ROOMY = Machine(vram_mib=12_000, threads=4)


@pytest.fixture
def large(tmp_path: Path) -> InstalledModel:
    return installed(tmp_path, "large-v3", LARGE_MIB)


@pytest.fixture
def turbo(tmp_path: Path) -> InstalledModel:
    return installed(tmp_path, "large-v3-turbo", TURBO_MIB)


def installed(folder: Path, name: str, mib: int) -> InstalledModel:
    """A model whose weights take no space on the disk, whatever their size."""
    path = folder / name
    path.mkdir()
    with (path / "model.bin").open("wb") as weights:
        weights.truncate(mib * MIB)
    return InstalledModel(name=name, family="whisper", path=path)


@pytest.mark.parametrize(
    ("wish", "vram_mib", "expected"),
    [
        (Wish(), 0, ("cpu", "int8", 2)),
        (Wish(), 12_000, ("cuda", "float16", 8)),
        (Wish(), 6_000, ("cuda", "int8_float16", 8)),
        (Wish(batch_size=1), 6_000, ("cuda", "float16", 1)),
        (Wish(device="cpu"), 12_000, ("cpu", "int8", 2)),
        (Wish(device="cpu", compute_type="float32", batch_size=3), 12_000, ("cpu", "float32", 3)),
        (Wish(compute_type="bfloat16"), 12_000, ("cuda", "bfloat16", 8)),
    ],
)
def test_a_plan_follows_the_wish_and_the_machine(
    large: InstalledModel, wish: Wish, vram_mib: int, expected: tuple[Device, str, int]
) -> None:
    plan = Engine.plan(large, wish, Machine(vram_mib=vram_mib))

    assert (plan.device, plan.compute_type, plan.batch_size) == expected
    assert (plan.model, plan.path) == ("large-v3", large.path)


@pytest.mark.parametrize(
    ("compute_type", "batch_size", "published"),
    [
        ("float16", 1, 4525),
        ("float16", 8, 6090),
        ("int8_float16", 1, 2926),
        ("int8_float16", 8, 4500),
    ],
)
def test_predicted_vram_is_what_was_published_for_large_models(
    large: InstalledModel, compute_type: str, batch_size: int, published: int
) -> None:
    plan = Plan(
        model="large-v3", path=large.path, device="cuda", compute_type=compute_type, batch_size=batch_size
    )

    assert Engine.vram_mib(plan) == pytest.approx(published, rel=0.01)


def test_the_cpu_takes_no_vram(large: InstalledModel) -> None:
    assert Engine.vram_mib(Engine.plan(large, Wish(), Machine())) == 0


def test_the_ladder_ends_on_the_cpu_and_every_step_on_the_gpu_takes_less(
    large: InstalledModel, turbo: InstalledModel
) -> None:
    steps = ladder(Engine.plan(large, Wish(), ROOMY), [large, turbo])

    assert [(step.model, step.device, step.compute_type, step.batch_size) for step in steps] == [
        ("large-v3", "cuda", "float16", 8),
        ("large-v3", "cuda", "float16", 4),
        ("large-v3", "cuda", "float16", 1),
        ("large-v3", "cuda", "int8_float16", 1),
        ("large-v3-turbo", "cuda", "int8_float16", 1),
        ("large-v3-turbo", "cpu", "int8", 2),
        ("large-v3-turbo", "cpu", "int8", 1),
    ]
    predicted = [Engine.vram_mib(step) for step in steps[:6]]
    assert all(after < before for before, after in itertools.pairwise(predicted))


def test_without_the_turbo_model_the_ladder_goes_to_the_cpu(large: InstalledModel) -> None:
    steps = ladder(Engine.plan(large, Wish(compute_type="int8_float16", batch_size=4), ROOMY), [large])

    assert [(step.device, step.batch_size) for step in steps] == [
        ("cuda", 4),
        ("cuda", 1),
        ("cpu", 2),
        ("cpu", 1),
    ]


def test_a_model_that_is_smaller_than_turbo_is_not_replaced_by_it(
    tmp_path: Path, turbo: InstalledModel
) -> None:
    small = installed(tmp_path, "small", 461)

    steps = ladder(Engine.plan(small, Wish(), ROOMY), [small, turbo])

    assert {step.model for step in steps} == {"small"}


def test_full_blocks_are_for_large_models(tmp_path: Path, large: InstalledModel) -> None:
    small = installed(tmp_path, "small", 461)

    assert longest_block(Engine.plan(small, Wish(), ROOMY)) < longest_block(Engine.plan(large, Wish(), ROOMY))


def ladder(plan: Plan, models: list[InstalledModel]) -> list[Plan]:
    steps = [plan]
    while (lighter := Engine.lighter(steps[-1], models)) is not None:
        steps.append(lighter)
    return steps
