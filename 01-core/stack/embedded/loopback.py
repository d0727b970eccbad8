"""Connections to our own servers that cannot take the place of the server they look for.

While nobody listens on a port of the ephemeral range, a client may be given that very port as its
own and connect to itself; the port is then blocked for a minute. Seen here, hence this module.
"""

import http.client
import socket

HOST = "127.0.0.1"


def connect(port: int, timeout_s: float, host: str = HOST) -> socket.socket:
    """A connection to a server of this machine; raise OSError (ConnectionRefusedError) when there is none."""
    connection = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        connection.settimeout(timeout_s)
        connection.connect((host, port))
        if connection.getsockname() == connection.getpeername():
            raise ConnectionRefusedError(f"nobody listens on {host}:{port}")
    except OSError:
        connection.close()
        raise
    return connection


class LoopbackConnection(http.client.HTTPConnection):
    """HTTP over such a connection."""

    def __init__(self, port: int, timeout_s: float, host: str = HOST) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._timeout_s = timeout_s

    def connect(self) -> None:
        """Open the connection; ``request`` calls it."""
        self.sock = connect(self.port, self._timeout_s, self.host)
