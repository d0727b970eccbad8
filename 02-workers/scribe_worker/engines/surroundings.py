"""What an engine's process gets from the machine: threads, and an environment without secrets."""

import os
import sysconfig
import tempfile
from pathlib import Path

_PASSED_ON = ("CUDA_VISIBLE_DEVICES", "LD_LIBRARY_PATH")
"""What the operator may say about GPUs and their libraries; nothing else of the environment passes."""

_QUOTA = Path("/sys/fs/cgroup/cpu.max")
_VMSTAT = Path("/proc/vmstat")


def usable_cores(quota: Path = _QUOTA) -> int:
    """CPU cores that this process may use, by its affinity and its control group's quota."""
    cores = len(os.sched_getaffinity(0))
    try:
        allowed, period = quota.read_text().split()
    except (OSError, ValueError):
        return cores
    if allowed == "max":
        return cores
    return max(1, min(cores, round(int(allowed) / int(period))))


def oom_kills(vmstat: Path = _VMSTAT) -> int | None:
    """How many processes the kernel has killed for memory since it started; None where it does not tell."""
    try:
        lines = vmstat.read_text().splitlines()
    except OSError:
        return None
    counts = [line.split()[1] for line in lines if line.startswith("oom_kill ")]
    return int(counts[0]) if counts else None


def environment(threads: int) -> dict[str, str]:
    """The whole environment of an engine's process: no secrets, no network, bounded threads."""
    count = str(threads)
    passed_on = {name: value for name in _PASSED_ON if (value := os.environ.get(name)) is not None}
    libraries = [*_cuda_libraries(), *filter(None, [passed_on.get("LD_LIBRARY_PATH")])]
    return {
        **passed_on,
        **({"LD_LIBRARY_PATH": os.pathsep.join(libraries)} if libraries else {}),
        "PATH": os.defpath,
        "HOME": str(Path.home()),
        "TMPDIR": tempfile.gettempdir(),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
        "OMP_NUM_THREADS": count,
        "MKL_NUM_THREADS": count,
        # Threads that spin for long while they wait make a busy machine several times slower, those that
        # never do an idle one by a fifth; NumPy's products here are too small to share out.
        "GOMP_SPINCOUNT": "10000",
        "OPENBLAS_NUM_THREADS": "1",
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "PYANNOTE_METRICS_ENABLED": "0",
        # onnxruntime, which runs Silero, tells its makers from native code unless it is told not to.
        "ORT_DISABLE_TELEMETRY": "1",
    }


def _cuda_libraries() -> list[str]:
    """Where PyTorch's packages keep the CUDA libraries, so that CTranslate2 finds them too."""
    packages = Path(sysconfig.get_paths()["purelib"]) / "nvidia"
    return sorted(str(folder) for folder in packages.glob("*/lib"))
