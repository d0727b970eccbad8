"""Loopback ports for the servers of tests and benchmarks, which no other test process is given."""

import fcntl
import secrets
import socket
import tempfile
from pathlib import Path
from typing import IO

BLOCK = 8
LOWEST, HIGHEST = 10_000, 32_000  # the system gives clients the ports from 32,768 on
RESERVATIONS = Path(tempfile.gettempdir()) / "scribe-test-ports"
TRIES = 500

_kept: list[IO[str]] = []


def reserve(count: int = 1) -> int:
    """The first of ``count`` consecutive free ports (8 at most), this process's own until it ends."""
    if count > BLOCK:
        raise ValueError(f"{count} ports; a block has {BLOCK}")
    RESERVATIONS.mkdir(exist_ok=True)
    for _ in range(TRIES):
        first = LOWEST + BLOCK * secrets.randbelow((HIGHEST - LOWEST) // BLOCK)
        if _is_ours(first) and all(_is_free(port) for port in range(first, first + count)):
            return first
    raise RuntimeError("no free ports on loopback")


def _is_ours(first: int) -> bool:
    """Whether no other process holds the block; the lock goes when this one ends, however it ends."""
    file = (RESERVATIONS / str(first)).open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return False
    _kept.append(file)
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except OSError:
            return False
    return True
