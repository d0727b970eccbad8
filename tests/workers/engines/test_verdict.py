from pathlib import Path

import pytest

from scribe.errors import ScribeError
from scribe_worker.engines.errors import EngineCrashed, EngineOutOfMemory
from scribe_worker.engines.surroundings import oom_kills, usable_cores
from scribe_worker.engines.verdict import gpu_failed, ran_out_of_memory, verdict


@pytest.mark.parametrize(
    ("returncode", "stderr", "killed_by_kernel", "error", "cause"),
    [
        (-11, "", False, EngineCrashed, "signal SIGSEGV"),
        (3, "bad luck", False, EngineCrashed, "exit code 3"),
        (None, "", False, EngineCrashed, "it closed its connection"),
        (-9, "", False, EngineCrashed, "signal SIGKILL"),
        (-9, "", True, EngineOutOfMemory, "killed by the kernel"),
        (-11, "", True, EngineCrashed, "signal SIGSEGV"),
        (-6, "terminate called: std::bad_alloc", False, EngineOutOfMemory, "signal SIGABRT"),
    ],
)
def test_how_a_process_ended_decides_the_error(
    returncode: int | None, stderr: str, killed_by_kernel: bool, error: type[ScribeError], cause: str
) -> None:
    found = verdict("ge2e", returncode=returncode, stderr=stderr, killed_by_kernel=killed_by_kernel)

    assert type(found) is error
    assert found.detail == {"engine": "ge2e", "cause": cause, "stderr": stderr}


class OutOfMemoryError(RuntimeError):
    """By name the one of torch."""


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OutOfMemoryError("Tried to allocate 20.00 MiB"),
        RuntimeError("CUDA failed with error out of memory"),
        RuntimeError("CUDA driver error: CUDA_ERROR_OUT_OF_MEMORY"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
        RuntimeError("cuBLAS failed with status CUBLAS_STATUS_ALLOC_FAILED"),
        RuntimeError("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"),
        RuntimeError("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_DEVICE_ALLOCATION_FAILED"),
        RuntimeError("cuDNN error: CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:121] DefaultCPUAllocator: can't allocate memory"),
        RuntimeError("std::bad_alloc"),
    ],
    ids=str,
)
def test_an_error_of_memory_is_told_and_none_of_the_gpu(error: Exception) -> None:
    assert (ran_out_of_memory(error), gpu_failed(error)) == (True, False)


@pytest.mark.parametrize(
    "reason",
    [
        "CUDA error: an illegal memory access was encountered",
        "CUDA failed with error unspecified launch failure",
        "CUDA error: device-side assert triggered",
        "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm(handle)`",
        "cuBLAS failed with status CUBLAS_STATUS_NOT_INITIALIZED",
        "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED",
        "cuDNN failed with status CUDNN_STATUS_INTERNAL_ERROR",
    ],
)
def test_an_error_of_the_gpu_is_told_and_none_of_memory(reason: str) -> None:
    error = RuntimeError(reason)

    assert (ran_out_of_memory(error), gpu_failed(error)) == (False, True)


@pytest.mark.parametrize(
    "error",
    [RuntimeError("stack expects each tensor to be equal size"), ValueError("unknown device cuda:x")],
    ids=str,
)
def test_other_errors_are_neither(error: Exception) -> None:
    assert (ran_out_of_memory(error), gpu_failed(error)) == (False, False)


def test_the_kernels_count_of_memory_kills_is_read(tmp_path: Path) -> None:
    (tmp_path / "vmstat").write_text("pgfault 12\noom_kill 3\n")

    assert oom_kills(tmp_path / "vmstat") == 3


def test_a_kernel_that_does_not_count_is_no_error(tmp_path: Path) -> None:
    assert oom_kills(tmp_path / "vmstat") is None


@pytest.mark.parametrize(
    ("quota", "at_most"), [("max 100000", 10_000), ("100000 100000", 1), ("20000 100000", 1), ("odd", 10_000)]
)
def test_a_control_groups_quota_bounds_the_threads(tmp_path: Path, quota: str, at_most: int) -> None:
    (tmp_path / "cpu.max").write_text(quota)

    assert 1 <= usable_cores(tmp_path / "cpu.max") <= at_most
