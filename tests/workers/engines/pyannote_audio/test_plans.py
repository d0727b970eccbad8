"""How the engine would be loaded, and what that is predicted to take."""

from itertools import pairwise
from pathlib import Path

import pytest

from scribe.models import InstalledModel
from scribe_worker.engines.base import Capabilities, Machine, Plan, Wish
from scribe_worker.engines.pyannote_audio.engine import PyannoteDiariser

COMMUNITY = InstalledModel(name="community-1", family="pyannote", path=Path("models/community-1"))
GPU = Machine(vram_mib=12_288, threads=8)
CPU = Machine(threads=2)


def on_gpu(batch_size: int) -> Plan:
    return PyannoteDiariser.plan(COMMUNITY, Wish(batch_size=batch_size), GPU)


@pytest.mark.parametrize(
    ("wish", "machine", "device", "batch_size"),
    [
        (Wish(), GPU, "cuda", 16),
        (Wish(), CPU, "cpu", 16),
        (Wish(device="cpu"), GPU, "cpu", 16),
        (Wish(device="cuda"), CPU, "cuda", 16),
        (Wish(batch_size=4), GPU, "cuda", 4),
    ],
)
def test_a_plan_follows_the_wish_and_else_the_machine(
    wish: Wish, machine: Machine, device: str, batch_size: int
) -> None:
    plan = PyannoteDiariser.plan(COMMUNITY, wish, machine)

    assert (plan.model, plan.path) == ("community-1", COMMUNITY.path)
    assert (plan.device, plan.batch_size) == (device, batch_size)


@pytest.mark.parametrize("wanted", ["auto", "float16", "int8"])
def test_it_always_computes_in_float32(wanted: str) -> None:
    assert PyannoteDiariser.plan(COMMUNITY, Wish(compute_type=wanted), GPU).compute_type == "float32"


def test_memory_grows_with_the_batch_and_covers_the_reported_peak() -> None:
    predicted = [PyannoteDiariser.vram_mib(on_gpu(batch)) for batch in (1, 4, 8, 16, 32)]

    assert predicted == sorted(set(predicted))
    assert predicted[-1] * 2**20 > 9.54e9


def test_the_default_fits_a_card_of_12_gb() -> None:
    assert PyannoteDiariser.vram_mib(PyannoteDiariser.plan(COMMUNITY, Wish(), GPU)) < GPU.vram_mib / 2


def test_on_the_cpu_it_takes_no_gpu_memory() -> None:
    assert PyannoteDiariser.vram_mib(PyannoteDiariser.plan(COMMUNITY, Wish(), CPU)) == 0


def test_the_ladder_ends_on_the_cpu_and_each_step_takes_less() -> None:
    steps = [on_gpu(16)]
    while lighter := PyannoteDiariser.lighter(steps[-1], [COMMUNITY]):
        steps.append(lighter)

    assert [(step.device, step.batch_size) for step in steps] == [
        ("cuda", 16),
        ("cuda", 8),
        ("cuda", 4),
        ("cuda", 1),
        ("cpu", 16),
    ]
    assert all(PyannoteDiariser.vram_mib(b) < PyannoteDiariser.vram_mib(a) for a, b in pairwise(steps))


def test_a_batch_that_was_wished_for_steps_down_to_the_next_usual_one() -> None:
    lighter = PyannoteDiariser.lighter(on_gpu(12), [COMMUNITY])

    assert lighter is not None
    assert lighter.batch_size == 8


def test_it_finds_overlap_and_describes_voices() -> None:
    expected = Capabilities(speaker_bounds=True, overlap=True, embeddings=True)

    assert PyannoteDiariser.capabilities(COMMUNITY) == expected


def test_without_its_packages_it_says_which_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert PyannoteDiariser.unavailable() is None

    monkeypatch.setattr("scribe_worker.engines.pyannote_audio.engine.find_spec", lambda _name: None)

    assert "pyannote.audio" in (PyannoteDiariser.unavailable() or "")
