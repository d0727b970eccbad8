"""The engine's process: load one engine, then serve one call after another until it is ended.

Started by ``host.py`` as ``python -m scribe_worker.engines.child DESCRIPTOR PARENT_PID`` in a process group
of its own. It speaks over the socket with that descriptor, never over stdout, where libraries print.
"""

import gc
import socket
import sys
import time
import traceback
from collections.abc import Callable
from typing import Literal, cast

from scribe.child import frames
from scribe.child.lifeline import die_with_parent, end_group_on_hangup
from scribe_worker.engines.base import Diariser, Engine, Transcriber
from scribe_worker.engines.bounds import confine, peak_memory_mib, restart_peak_memory
from scribe_worker.engines.errors import EngineBroken, EngineUnavailable
from scribe_worker.engines.messages import (
    REQUEST,
    Diarise,
    Diarised,
    Failed,
    Load,
    Progressed,
    Ready,
    Transcribe,
    Transcribed,
)
from scribe_worker.engines.registry import engine_class
from scribe_worker.engines.verdict import gpu_failed, ran_out_of_memory

_PROGRESS_EVERY_S = 0.1

Outgoing = Ready | Progressed | Transcribed | Diarised | Failed


def main(descriptor: int, parent: int) -> None:
    """Serve until the worker hangs up or ends this process."""
    die_with_parent(parent)
    channel = socket.socket(fileno=descriptor)
    end_group_on_hangup(channel)
    try:
        serve(channel)
    except (EOFError, ConnectionError):
        return


def serve(channel: socket.socket) -> None:
    """Answer every message on ``channel``; the first must be ``Load``."""

    def send(message: Outgoing) -> None:
        channel.sendall(frames.pack(message.to_frame()))

    first = REQUEST.validate_python(frames.receive(channel))
    if not isinstance(first, Load):
        raise TypeError(f"the first message must be a load, not {first.say}")
    loaded: list[Engine] = []

    def load() -> Ready:
        loaded.append(_load(first))
        return Ready(info=loaded[0].info())

    send(_answer(load))
    while loaded:
        message = REQUEST.validate_python(frames.receive(channel))
        send(_answer(_work(loaded[0], message, _Throttle(send))))


def _load(order: Load) -> Engine:
    confine(memory_mib=order.memory_mib, file_mib=order.file_mib)
    engine = engine_class(order.kind, order.name)()
    engine.load(order.plan, order.threads)
    gc.freeze()
    return engine


def _work(
    engine: Engine, message: Load | Transcribe | Diarise, progress: "_Throttle"
) -> Callable[[], Outgoing]:
    restart_peak_memory()
    match message:
        case Transcribe(request=request):
            transcriber = cast("Transcriber", engine)
            return lambda: Transcribed(
                result=transcriber.transcribe(request, progress), peak_memory_mib=peak_memory_mib()
            )
        case Diarise(request=diarise_request):
            diariser = cast("Diariser", engine)
            return lambda: Diarised(
                result=diariser.diarise(diarise_request, progress), peak_memory_mib=peak_memory_mib()
            )
        case Load():
            raise TypeError("an engine is already loaded")


def _answer(work: Callable[[], Outgoing]) -> Outgoing:
    """This process's edge: whatever an engine raises becomes a message, so that the worker learns why."""
    try:
        return work()
    except EngineUnavailable as error:
        return Failed(cause="unavailable", reason=str(error.detail["reason"]), traceback="")
    except EngineBroken as error:
        return Failed(cause="broken", reason=str(error), traceback=traceback.format_exc())
    except Exception as error:  # noqa: BLE001 - an engine may raise anything
        return Failed(
            cause=_cause(error),
            reason=f"{type(error).__name__}: {error}",
            traceback=traceback.format_exc(),
        )


def _cause(error: Exception) -> Literal["memory", "broken", "error"]:
    if ran_out_of_memory(error):
        return "memory"
    return "broken" if gpu_failed(error) else "error"


class _Throttle:
    """Progress at most every tenth of a second, however often an engine reports it."""

    def __init__(self, send: Callable[[Outgoing], None]) -> None:
        self._send = send
        self._next = 0.0

    def __call__(self, fraction: float) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _PROGRESS_EVERY_S
            self._send(Progressed(fraction=min(1.0, max(0.0, fraction))))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
