"""What an engine's process may take at most, and how much it took. Runs in the child only."""

import re
import resource
from contextlib import suppress
from pathlib import Path

_MIB = 1024 * 1024
_FILES = 1024
_STATUS = Path("/proc/self/status")
_CLEAR_REFS = Path("/proc/self/clear_refs")
_RESTART_PEAK = "5"
"""See proc(5), /proc/pid/clear_refs: the peak of resident memory becomes what is resident now."""


def confine(*, memory_mib: int | None, file_mib: int) -> None:
    """Bound this process's memory, the size of files it writes and their number; no core files."""
    if memory_mib is not None:
        _limit(resource.RLIMIT_DATA, memory_mib * _MIB)
    _limit(resource.RLIMIT_FSIZE, file_mib * _MIB)
    _limit(resource.RLIMIT_NOFILE, _FILES)
    _limit(resource.RLIMIT_CORE, 0)


def restart_peak_memory() -> None:
    """From now on ``peak_memory_mib`` tells the peak since now, where the kernel lets it."""
    with suppress(OSError):
        _CLEAR_REFS.write_text(_RESTART_PEAK)


def peak_memory_mib() -> float:
    """The most memory that was resident at once, in MiB, file mappings included."""
    found = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text())
    return int(found[1]) / 1024 if found else 0.0


def _limit(what: int, most: int) -> None:
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))
