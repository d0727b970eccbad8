"""From how an engine's process ended to the error that the job reports."""

import signal

from scribe_worker.engines.errors import EngineCrashed, EngineOutOfMemory

MEMORY_SIGNS = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "memory allocation",
    "bad_alloc",
    "memoryerror",
)
"""How torch, CTranslate2, OpenBLAS, C++, the C library and Python say that memory has run out."""


def verdict(
    engine: str, *, returncode: int | None, stderr: str, killed_by_kernel: bool
) -> EngineCrashed | EngineOutOfMemory:
    """The error for a process that ended by itself.

    returncode: as of ``asyncio.subprocess``, negative for a signal; None when it hung up but lives on
    killed_by_kernel: whether the kernel killed some process for memory during this one's life
    """
    cause = _cause(returncode)
    if returncode == -signal.SIGKILL and killed_by_kernel:
        return EngineOutOfMemory(engine=engine, cause="killed by the kernel", stderr=stderr)
    if returncode and any(sign in stderr.lower() for sign in MEMORY_SIGNS):
        return EngineOutOfMemory(engine=engine, cause=cause, stderr=stderr)
    return EngineCrashed(engine=engine, cause=cause, stderr=stderr)


def _cause(returncode: int | None) -> str:
    if returncode is None:
        return "it closed its connection"
    if returncode < 0:
        return f"signal {signal.Signals(-returncode).name}"
    return f"exit code {returncode}"
