"""An audit hook that lets Python's sockets reach loopback only, and writes down what wanted to go elsewhere.

For machines that do not permit a network namespace. It is installed by a ``.pth`` file of a throw-away
environment, so that it holds in every Python process of that environment, whatever environment variables
that process gets.
"""

import ipaddress
import os
import sys

CONNECTING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname"}


def install(report: str) -> None:
    """Refuse from now on, in this process; each attempt becomes a line of the file ``report``."""

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event in CONNECTING:
            address = arguments[1]
        elif event in LOOKING_UP:
            address = (arguments[0],)
        else:
            return
        if not isinstance(address, tuple) or _is_near(address[0]):
            return
        line = f"{event} {address}\n".encode()
        descriptor = os.open(report, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, line)
        os.close(descriptor)
        raise PermissionError(f"only loopback may be reached, not {address}")

    sys.addaudithook(refuse)


def _is_near(host: object) -> bool:
    """Whether it is loopback, or every address of this machine (to listen on)."""
    name = host.decode(errors="replace") if isinstance(host, bytes) else str(host or "")
    if name in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
