"""Somebody else who holds most of the GPU's memory."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from scribe_worker.engines.surroundings import environment

SCRIPT = """
import sys, torch
free, _ = torch.cuda.mem_get_info()
held = torch.empty(free - int(sys.argv[1]) * 1024**2, dtype=torch.uint8, device="cuda")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def leaving(mib: int) -> Iterator[None]:
    """That much is free, on the GPU that engines use, until the block ends."""
    command = [sys.executable, "-c", SCRIPT, str(mib)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(1)
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield
        process.communicate()
