"""Find out who has a loopback port before a server needs it."""

import socket
import time

import psutil

from stack.embedded.addresses import free_port_advice
from stack.embedded.errors import PortTaken
from stack.embedded.locks import describe
from stack.embedded.services import ServiceName

MOMENT_S = 1.0
POLL_S = 0.02


def check_port(service: ServiceName, port: int) -> None:
    """Raise PortTaken, naming the process where the system tells, unless the loopback port is free.

    It may look taken for a moment: a process that this one starts in another thread holds a copy of every
    socket that is open here, that of this very check among them, until it runs its own program.
    """
    deadline = time.monotonic() + MOMENT_S
    while True:
        try:
            _bind(port)
        except PermissionError:
            raise _taken(service, port, "the system (ports below 1024 are reserved)") from None
        except OSError:
            if time.monotonic() > deadline:
                raise _taken(service, port, user_of(port)) from None
            time.sleep(POLL_S)
        else:
            return


def is_draining(port: int) -> bool:
    """Whether nothing but a closed connection keeps the port, which the system lets go after a minute."""
    try:
        _bind(port)
    except OSError:
        states = [state for state, _ in _users(port)]
        return bool(states) and all(state == psutil.CONN_TIME_WAIT for state in states)
    return False


def user_of(port: int) -> str:
    """Who uses a loopback port, as far as this user may know."""
    return next((describe(pid) for _, pid in _users(port) if pid), "a process of another user")


def _taken(service: ServiceName, port: int, owner: str) -> PortTaken:
    return PortTaken(service=service, port=port, owner=owner, advice=free_port_advice(service))


def _bind(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        probe.listen()


def _users(port: int) -> list[tuple[str, int | None]]:
    """State and process id of every socket of this machine with that local port, listening ones first."""
    try:
        connections = psutil.net_connections(kind="tcp")
    except psutil.AccessDenied:
        return []
    users = [(one.status, one.pid) for one in connections if one.laddr[1:2] == (port,)]
    return sorted(users, key=lambda user: user[0] != psutil.CONN_LISTEN)
