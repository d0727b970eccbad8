"""How much memory the GPU has and who holds how much of it, from NVIDIA's own management library."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, Self

import psutil
import pynvml
import structlog

from scribe.settings import GpuSettings

log = structlog.get_logger(__name__)

LOOK_S = 0.25
_MIB = 1024 * 1024


def budget_mib(settings: GpuSettings) -> int:
    """What models may take of the GPU, in MiB: all of it, or what the settings say; 0 without a GPU."""
    try:
        with _gpu() as gpu:
            total = int(pynvml.nvmlDeviceGetMemoryInfo(gpu).total) // _MIB
    except pynvml.NVMLError:
        return 0
    return total if settings.vram_gb is None else min(total, int(settings.vram_gb * 1024))


def used_mib() -> int:
    """GPU memory in MiB that is in use, by whomever; 0 where nobody can tell."""
    with suppress(pynvml.NVMLError), _gpu() as gpu:
        return int(pynvml.nvmlDeviceGetMemoryInfo(gpu).used) // _MIB
    return 0


def held_mib(pid: int) -> int | None:
    """GPU memory in MiB that the process and those it started hold.

    None where the driver does not tell, as for virtual GPUs, or knows processes by other ids, as in
    containers.
    """
    with suppress(pynvml.NVMLError, psutil.NoSuchProcess):
        family = {pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))}
        with _gpu() as gpu:
            holders = pynvml.nvmlDeviceGetComputeRunningProcesses(gpu)
        mine = [holder.usedGpuMemory for holder in holders if holder.pid in family]
        return sum(mine) // _MIB if mine and None not in mine else None
    return None


class VramWatch:
    """Notes the most GPU memory that a process holds, from before it begins.

    Where that cannot be told by process, it is what the whole GPU holds beyond what it held before.
    """

    def __init__(self, before_mib: int) -> None:
        self.peak_mib = 0
        self._before = before_mib
        self._pid: int | None = None

    async def __aenter__(self) -> Self:
        self._looking = asyncio.create_task(self._look())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._looking.cancel()
        with suppress(asyncio.CancelledError):
            await self._looking

    def process(self, pid: int) -> None:
        """From now on it is this one that is watched."""
        self._pid = pid

    async def _look(self) -> None:
        while True:
            if self._pid is not None:
                self.peak_mib = max(self.peak_mib, await asyncio.to_thread(self._held, self._pid))
            await asyncio.sleep(LOOK_S)

    def _held(self, pid: int) -> int:
        held = held_mib(pid)
        return held if held is not None else max(0, used_mib() - self._before)


@contextmanager
def _gpu() -> Iterator[Any]:
    """The GPU that CUDA takes first in an engine's process; NVMLError where there is none."""
    pynvml.nvmlInit()
    try:
        yield _first_visible()
    finally:
        pynvml.nvmlShutdown()


def _first_visible() -> Any:
    """By index in the order of the bus, which engines are told to count by, or by identifier."""
    first = os.environ.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0].strip()
    if first.isdigit():
        return pynvml.nvmlDeviceGetHandleByIndex(int(first))
    return pynvml.nvmlDeviceGetHandleByUUID(first)
