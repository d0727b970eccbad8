"""From how an engine's process ended to the error that the job reports."""

import signal

from scribe_worker.engines.errors import EngineCrashed, EngineOutOfMemory

KILLED_BY_KERNEL = "killed by the kernel"

_MEMORY_SIGNS = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "memory allocation",
    "bad_alloc",
    "memoryerror",
    "out_of_memory",
    "alloc_failed",
    "allocation_failed",
)
"""How torch, CTranslate2, OpenBLAS, C++, the C library, Python and CUDA's libraries say that memory has run
out."""

_GPU_SIGNS = ("cuda", "cublas", "cudnn")


def ran_out_of_memory(error: Exception) -> bool:
    """Whether ``error`` is how Python, torch or CTranslate2 report that memory has run out."""
    return (
        isinstance(error, MemoryError)
        or type(error).__name__ == "OutOfMemoryError"
        or _says(str(error), _MEMORY_SIGNS)
    )


def gpu_failed(error: Exception) -> bool:
    """Whether ``error`` is one of the GPU's, but not memory: its process can hardly use the GPU again.

    An illegal memory access, for one, is reported by whatever is called next, until the process ends.
    """
    about_gpu = isinstance(error, RuntimeError) and _says(str(error), _GPU_SIGNS)
    return about_gpu and not ran_out_of_memory(error)


def verdict(
    engine: str, *, returncode: int | None, stderr: str, killed_by_kernel: bool
) -> EngineCrashed | EngineOutOfMemory:
    """The error for a process that ended by itself.

    returncode: as of ``asyncio.subprocess``, negative for a signal; None when it hung up but lives on
    killed_by_kernel: whether the kernel killed some process for memory during this one's life
    """
    cause = _cause(returncode)
    if returncode == -signal.SIGKILL and killed_by_kernel:
        return EngineOutOfMemory(engine=engine, cause=KILLED_BY_KERNEL, stderr=stderr)
    if returncode and _says(stderr, _MEMORY_SIGNS):
        return EngineOutOfMemory(engine=engine, cause=cause, stderr=stderr)
    return EngineCrashed(engine=engine, cause=cause, stderr=stderr)


def _says(text: str, signs: tuple[str, ...]) -> bool:
    return any(sign in text.lower() for sign in signs)


def _cause(returncode: int | None) -> str:
    if returncode is None:
        return "it closed its connection"
    if returncode < 0:
        return f"signal {signal.Signals(-returncode).name}"
    return f"exit code {returncode}"
