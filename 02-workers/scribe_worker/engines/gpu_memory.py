"""How much memory the GPU has and who holds how much of it, from NVIDIA's own management library."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import pynvml

from scribe.settings import GpuSettings

_MIB = 1024 * 1024


def budget_mib(settings: GpuSettings) -> int:
    """What models may take of the GPU, in MiB: all of it, or what the settings say; 0 without a GPU."""
    with _gpu() as gpu:
        if gpu is None:
            return 0
        total = int(pynvml.nvmlDeviceGetMemoryInfo(gpu).total) // _MIB
    return total if settings.vram_gb is None else min(total, int(settings.vram_gb * 1024))


def held_mib(pid: int) -> int:
    """GPU memory in MiB that the process and those it started hold; 0 where nobody can tell."""
    try:
        family = {pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))}
    except psutil.NoSuchProcess:
        return 0
    with _gpu() as gpu:
        if gpu is None:
            return 0
        holders = pynvml.nvmlDeviceGetComputeRunningProcesses(gpu)
        return sum((holder.usedGpuMemory or 0) for holder in holders if holder.pid in family) // _MIB


@contextmanager
def _gpu() -> Iterator[Any | None]:
    """The GPU that CUDA takes first in this process's environment, or None where there is none."""
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        yield None
        return
    try:
        yield _first_visible()
    except pynvml.NVMLError:
        yield None
    finally:
        pynvml.nvmlShutdown()


def _first_visible() -> Any | None:
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    if visible is None:
        return pynvml.nvmlDeviceGetHandleByIndex(0)
    first = visible.split(",")[0].strip()
    if first.isdigit():
        return pynvml.nvmlDeviceGetHandleByIndex(int(first))
    return pynvml.nvmlDeviceGetHandleByUUID(first) if first.startswith("GPU-") else None
