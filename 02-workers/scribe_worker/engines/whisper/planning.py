"""How a Whisper model is loaded, how much VRAM that takes, and what to try when it is too much."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scribe.models import InstalledModel
from scribe_worker.engines.base import Machine, Plan, Wish

GPU_BATCH: Final = 8
"""More brings little speed for much VRAM (faster-whisper's README, 2024: 46x real time at 8)."""

CPU_BATCH: Final = 2
"""Batches of 1 to 4 took the same time on one core; two keep several cores a little busier."""

_BATCHES = (8, 4, 1)

_SMALL_MIB = 1024
_SMALL_BLOCK_S, _FULL_BLOCK_S = 15.0, 28.0
"""The model takes in 30 s in any case, so full blocks are cheaper; small models lose sentences in them."""

_TURBO = "large-v3-turbo"
_MIB = 1024 * 1024

_CONTEXT_MIB = 600
"""CUDA's context and the libraries' workspaces, whatever the model."""

_WEIGHTS = {"float32": 2.514, "float16": 1.257, "bfloat16": 1.257}
_WEIGHTS_INT8 = 0.714
_PER_BLOCK = 0.076
"""Peak VRAM is context + weights * size + batch * per block * size, with the size of model.bin (float16).

Fitted to faster-whisper's README (large-v2, beam 5, nvidia-smi): float16 4525 MB and int8 2926 MB for one
block at a time, 6090 MB and 4500 MB for eight. float32 was not published: twice float16.
"""


def plan(model: InstalledModel, wish: Wish, machine: Machine) -> Plan:
    """The GPU where there is one; float16 there where it fits, else int8_float16; int8 on the CPU."""
    device = machine.best_device if wish.device == "auto" else wish.device
    made = Plan(
        model=model.name,
        path=model.path,
        device=device,
        compute_type="float16" if device == "cuda" else "int8",
        batch_size=wish.batch_size or (GPU_BATCH if device == "cuda" else CPU_BATCH),
    )
    if wish.compute_type != "auto":
        return made.model_copy(update={"compute_type": wish.compute_type})
    if vram_mib(made) > machine.vram_mib:
        return made.model_copy(update={"compute_type": "int8_float16"})
    return made


def vram_mib(made: Plan) -> int:
    """Predicted peak in MiB; 0 on the CPU."""
    if made.device == "cpu":
        return 0
    weights = _WEIGHTS.get(made.compute_type, _WEIGHTS_INT8)
    return round(_CONTEXT_MIB + (weights + made.batch_size * _PER_BLOCK) * _size(made.path) / _MIB)


def lighter(made: Plan, models: Sequence[InstalledModel]) -> Plan | None:
    """Smaller batches, then smaller numbers, then the turbo model, then the CPU; None after that."""
    if made.device == "cpu":
        return None if made.batch_size == 1 else made.model_copy(update={"batch_size": made.batch_size // 2})
    smaller = next((batch for batch in _BATCHES if batch < made.batch_size), None)
    if smaller is not None:
        return made.model_copy(update={"batch_size": smaller})
    if made.compute_type in _WEIGHTS:
        return made.model_copy(update={"compute_type": "int8_float16"})
    turbo = next((model for model in models if model.name == _TURBO), None)
    if turbo is not None and _size(turbo.path) < _size(made.path):
        return made.model_copy(update={"model": turbo.name, "path": turbo.path})
    return made.model_copy(update={"device": "cpu", "compute_type": "int8", "batch_size": CPU_BATCH})


def longest_block(made: Plan) -> float:
    """Seconds of speech that the model decodes well in one piece."""
    return _SMALL_BLOCK_S if _size(made.path) < _SMALL_MIB * _MIB else _FULL_BLOCK_S


def _size(folder: Path | None) -> int:
    """Bytes of the weights; 0 where they are missing, which loading then reports."""
    weights = folder / "model.bin" if folder else None
    return weights.stat().st_size if weights and weights.is_file() else 0
