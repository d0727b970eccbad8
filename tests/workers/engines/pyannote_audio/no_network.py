"""Runs the engine where every socket beyond this machine is refused, and prints what was tried, as JSON.

A program of its own, because an audit hook cannot be taken out again: ``no_network.py MODEL AUDIO``.
"""

import json
import sys
from pathlib import Path

LOOPBACK = ("127.0.0.1", "::1", "localhost")
tried: list[str] = []


class Cancelled(Exception):
    """Raised in the middle of a call."""


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Audit hook: whatever Python code does with a socket passes here."""
    if event == "socket.getaddrinfo":
        address: object = arguments[0]
    elif event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        if isinstance(address, (str, bytes)):  # a UNIX socket
            return
        address = address[0] if isinstance(address, tuple) else address
    else:
        return
    if address not in LOOPBACK:
        tried.append(f"{event} {address}")
        raise OSError(f"refused: {event} {address}")


def attempts() -> list[str]:
    """What was tried since the last call, once telemetry has had its say."""
    from pyannote.audio.telemetry.metrics import provider

    provider.force_flush(10_000)
    found = [*tried]
    tried.clear()
    return found


def cancel_half_way(fraction: float) -> None:
    if fraction > 0.5:
        raise Cancelled


def main(model: Path, audio: Path) -> None:
    from scribe_worker.engines.base import DiariseRequest, Plan
    from scribe_worker.engines.pyannote_audio.engine import PyannoteDiariser

    def diarise() -> int:
        engine.load(Plan(model=model.name, path=model, batch_size=16), 1)
        return len(engine.diarise(request, lambda _: None).turns)

    engine, request = PyannoteDiariser(), DiariseRequest(audio=audio)
    found: dict[str, object] = {"turns": diarise(), "by_the_engine": attempts()}

    from pyannote.audio import Pipeline
    from pyannote.audio.telemetry import set_telemetry_metrics

    set_telemetry_metrics(enabled=True)
    diarise()
    found["with_telemetry_left_on"] = attempts()
    try:
        engine.diarise(request, cancel_half_way)
        found["cancelled"] = False
    except Cancelled:
        found["cancelled"] = True
    set_telemetry_metrics(enabled=True)
    Pipeline.from_pretrained(str(model))
    found["by_the_library_alone"] = attempts()
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    sys.addaudithook(refuse)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
