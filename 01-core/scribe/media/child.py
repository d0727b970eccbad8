"""The bounded process in which strangers' files are parsed: ``python -m scribe.media.child FD PARENT``."""

import resource
import socket
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

import av

from scribe.child import frames, lifeline
from scribe.errors import ScribeError
from scribe.media.messages import Finished, Limits, Order, Probe, Progressed, Refused, Split, order
from scribe.media.probing import probe_file
from scribe.media.served import ServedFile

_MIB: Final = 1024 * 1024
_OPEN_FILES: Final = 64
_LARGEST_FILE: Final = 64 * 1024 * _MIB


def main(channel: socket.socket) -> None:
    """Obey the one order that comes, and tell the parent how it ended."""
    given = order(frames.receive(channel))
    try:
        frames.send(channel, asdict(_obey(given, channel)))
    except ScribeError as error:
        frames.send(channel, asdict(Refused(code=error.code, detail=error.detail)))


def _obey(given: Order, channel: socket.socket) -> Finished:
    if isinstance(given, Probe):
        _bound(given.limits)
        return Finished(probe_file(ServedFile(channel, given.size), given.size, given.limits))
    if isinstance(given, Split):
        from scribe.media.splitting import split_file as write  # noqa: PLC0415  (a probe starts without numpy)
    else:
        from scribe.media.conversion import convert_file as write  # noqa: PLC0415  (as above)
    _bound(given.limits)
    media, warnings = write(
        Path(given.source),
        Path(given.out),
        given.limits,
        lambda share: frames.send(channel, asdict(Progressed(share))),
    )
    return Finished(media, warnings)


def _bound(limits: Limits) -> None:
    """Let the kernel end whatever asks for more than an honest file needs."""
    for what, most in (
        (resource.RLIMIT_AS, _address_space() + limits.memory_mib * _MIB),
        (resource.RLIMIT_CPU, int(limits.timeout_s) + 1),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _address_space() -> int:
    """Bytes that the program itself takes, its libraries above all, before it has read anything."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


if __name__ == "__main__":
    lifeline.die_with_parent(int(sys.argv[2]))
    av.logging.set_level(av.logging.FATAL)
    with socket.socket(fileno=int(sys.argv[1])) as ours:
        lifeline.end_group_on_hangup(ours)
        main(ours)
