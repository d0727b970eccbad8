"""Somebody else who holds a good part of the GPU's memory."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SCRIPT = """
import sys, torch
held = torch.empty(int(sys.argv[1]) * 1024**2, dtype=torch.uint8, device="cuda")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def holding(mib: int) -> Iterator[None]:
    """That much of it, until the block ends."""
    command = [sys.executable, "-c", SCRIPT, str(mib)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield
        process.communicate()
