"""Start the process of an engine: a socket to talk over, a pipe for what it prints, nothing else."""

import asyncio
import os
import socket
import sys
from dataclasses import dataclass

from scribe_worker.engines.surroundings import environment

_CHILD = "scribe_worker.engines.child"


@dataclass(frozen=True)
class Spawned:
    """A process that waits for its first message; ``output`` is what it prints, stdout and stderr in one."""

    process: asyncio.subprocess.Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    output: asyncio.StreamReader


async def spawn(threads: int) -> Spawned:
    """Start the process, in a session of its own so that it ends together with all that it starts.

    ``-P`` keeps the working directory out of its import path.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-P", "-m", _CHILD, str(theirs.fileno()), str(os.getpid())),
                pass_fds=(theirs.fileno(),),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                env=environment(threads),
            )
        except BaseException:
            writer.close()
            raise
    if process.stdout is None:
        raise RuntimeError("a process started with a pipe has none")
    return Spawned(process, reader, writer, process.stdout)
