"""supervisord's XML-RPC over its unix socket, with types."""

import http.client
import socket
import xmlrpc.client
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

TIMEOUT_S = 10.0
NOT_RUNNING = 70
ALREADY_STARTED = 60
SPAWN_ERROR = 50
BAD_NAME = 10


class State(StrEnum):
    """What supervisord calls the state of a process."""

    STOPPED = "STOPPED"
    STARTING = "STARTING"
    RUNNING = "RUNNING"
    BACKOFF = "BACKOFF"
    STOPPING = "STOPPING"
    EXITED = "EXITED"
    FATAL = "FATAL"
    UNKNOWN = "UNKNOWN"

    @property
    def alive(self) -> bool:
        """Whether there is a process that is meant to stay."""
        return self in {State.STARTING, State.RUNNING}

    @property
    def at_rest(self) -> bool:
        """Whether there is no process and none will come by itself."""
        return self in {State.STOPPED, State.EXITED, State.FATAL}


@dataclass(frozen=True)
class ProcessState:
    """A supervised process; ``started`` is the second (Unix time) of its latest start, 0 for never."""

    program: str
    state: State
    pid: int | None
    started: int
    uptime_s: float
    complaint: str


class SupervisorUnreachable(ConnectionError):
    """Nothing that speaks for the supervisor listens on the socket."""


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=TIMEOUT_S)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(TIMEOUT_S)
        self.sock.connect(str(self._path))


class _Transport(xmlrpc.client.Transport):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        connection = _Connection(self._path)
        self._connection = host, connection  # what the base class closes
        return connection


class SupervisorClient:
    """What the stack asks of its supervisor; every call raises SupervisorUnreachable when it is gone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _call(self, method: str, *arguments: object) -> Any:
        transport = _Transport(self._path)
        try:
            with xmlrpc.client.ServerProxy("http://localhost", transport=transport) as proxy:
                return getattr(proxy.supervisor, method)(*arguments)
        except (OSError, http.client.HTTPException, xmlrpc.client.ProtocolError) as error:
            raise SupervisorUnreachable(str(error)) from error
        finally:
            transport.close()

    def answers(self) -> bool:
        """Whether it is there and not on its way out."""
        try:
            return bool(self._call("getState")["statename"] == "RUNNING")
        except SupervisorUnreachable:
            return False

    def processes(self) -> dict[str, ProcessState]:
        """Every supervised process by its program's name."""
        rows = cast("list[dict[str, Any]]", self._call("getAllProcessInfo"))
        return {row["name"]: _process(row) for row in rows}

    def start(self, program: str) -> None:
        """Begin to start; that it runs must be watched."""
        try:
            self._call("startProcess", program, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode not in {ALREADY_STARTED, SPAWN_ERROR}:
                raise

    def stop(self, program: str) -> None:
        """Begin to stop; that it ended must be watched."""
        try:
            self._call("stopProcess", program, False)
        except xmlrpc.client.Fault as fault:
            if fault.faultCode not in {NOT_RUNNING, BAD_NAME}:
                raise

    def reread(self) -> tuple[list[str], list[str], list[str]]:
        """Read the configuration again: the programs that are added, changed and removed by it."""
        ((added, changed, removed),) = self._call("reloadConfig")
        return added, changed, removed

    def add(self, program: str) -> None:
        """Take a program into service as the configuration read last describes it."""
        self._call("addProcessGroup", program)

    def remove(self, program: str) -> None:
        """Forget a stopped program."""
        self._call("removeProcessGroup", program)

    def shut_down(self) -> None:
        """Begin to stop everything and end."""
        self._call("shutdown")


def _process(row: dict[str, Any]) -> ProcessState:
    state = State(row["statename"])
    alive = state.alive or state is State.STOPPING
    return ProcessState(
        program=row["name"],
        state=state,
        pid=(row["pid"] or None) if alive else None,
        started=row["start"],
        uptime_s=float(max(0, row["now"] - row["start"])) if alive else 0.0,
        complaint=row["spawnerr"],
    )
