"""The bounded process in which strangers' files are parsed: ``python -m scribe.media.child FD PARENT``."""

import resource
import socket
import sys
from pathlib import Path
from typing import Final

import av
from pydantic import BaseModel

from scribe.child import frames, lifeline
from scribe.errors import ScribeError
from scribe.media.conversion import convert_file
from scribe.media.messages import ORDERS, Convert, Finished, Probe, Progressed, Refused
from scribe.media.probing import probe_file
from scribe.media.served import ServedFile

_MIB: Final = 1024 * 1024
_OPEN_FILES: Final = 64
_LARGEST_FILE: Final = 64 * 1024 * _MIB


def main(channel: socket.socket) -> None:
    """Obey the one order that comes, and tell the parent how it ended."""
    order = ORDERS.validate_python(frames.receive(channel))
    _bound(order)
    try:
        _send(channel, _obey(order, channel))
    except ScribeError as error:
        _send(channel, Refused(code=error.code, detail=error.detail))


def _obey(order: Probe | Convert, channel: socket.socket) -> Finished:
    if isinstance(order, Probe):
        return Finished(media=probe_file(ServedFile(channel, order.size), order.size, order.limits))
    media, warnings = convert_file(
        Path(order.source),
        Path(order.out),
        order.limits,
        lambda share: _send(channel, Progressed(share=share)),
    )
    return Finished(media=media, warnings=tuple(warnings))


def _send(channel: socket.socket, message: BaseModel) -> None:
    channel.sendall(frames.pack(message.model_dump(mode="json")))


def _bound(order: Probe | Convert) -> None:
    """Let the kernel end whatever asks for more than an honest file needs."""
    limits = order.limits
    seconds = limits.probe_timeout_s if isinstance(order, Probe) else limits.convert_timeout_s
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_mib * _MIB),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    lifeline.die_with_parent(int(sys.argv[2]))
    av.logging.set_level(av.logging.FATAL)
    with socket.socket(fileno=int(sys.argv[1])) as ours:
        lifeline.end_group_on_hangup(ours)
        main(ours)
