"""The data folder of PostgreSQL: made whole or not at all, and healed after an interruption."""

import subprocess
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from stack.embedded.credentials import DATABASE
from stack.embedded.errors import (
    PostgresDataDamaged,
    PostgresSetupFailed,
    PostgresVersionMismatch,
    RootNotAllowed,
    StackBusy,
)
from stack.embedded.files import DRAFT, move_aside, remove_leftovers, write_private
from stack.embedded.launch import NO_NAMESPACE
from stack.embedded.layout import Layout
from stack.embedded.locks import turn
from stack.embedded.program import Program, digest_of, launch_command
from stack.embedded.service import Tell

MAJOR_VERSION = "16"
FIRST_USER_OID = 16384
TOOL_TIMEOUT_S = 180


class DataFolder:
    """``volumes/postgres_data`` while no server runs on it."""

    def __init__(self, layout: Layout, password: str, program_path: Callable[[str], Path]) -> None:
        self._layout = layout
        self._password = password
        self._program_path = program_path
        self._folder = layout.postgres_data

    def is_initialised(self) -> bool:
        """Whether there is a cluster to start."""
        return (self._folder / "global" / "pg_control").is_file() and (self._folder / "PG_VERSION").is_file()

    def heal(self, tell: Tell) -> None:
        """Clear the way for a start or for ``initialise``.

        Raises PostgresVersionMismatch, and PostgresDataDamaged where databases would be given up.
        """
        remove_leftovers(self._layout.volumes, self._draft)
        if self.is_initialised():
            found = (self._folder / "PG_VERSION").read_text(encoding="ascii").strip()
            if found != MAJOR_VERSION:
                raise PostgresVersionMismatch(path=self._folder, found=found, expected=MAJOR_VERSION)
        elif self._folder.is_dir() and any(self._folder.iterdir()):
            if self._holds_databases():
                raise PostgresDataDamaged(path=self._folder)
            aside = move_aside(self._folder)
            tell(f"an interrupted first start left a half-made cluster; it is now {aside.name}")

    def _holds_databases(self) -> bool:
        """Whether somebody created a database: initdb's own have smaller object ids."""
        base = self._folder / "base"
        return base.is_dir() and any(
            entry.name.isdigit() and int(entry.name) >= FIRST_USER_OID for entry in base.iterdir()
        )

    def initialise(self, locale: str) -> None:
        """Make the cluster beside its place and rename it, so that it is there whole or not at all.

        Raises PostgresSetupFailed and RootNotAllowed.
        """
        with tempfile.TemporaryDirectory(
            prefix=self._draft, dir=self._layout.volumes, ignore_cleanup_errors=True
        ) as draft:
            cluster, password_file = Path(draft, "cluster"), Path(draft, "password")
            write_private(password_file, self._password)
            self._tool(
                "initdb",
                *("-D", str(cluster), "-U", DATABASE, "--pwfile", str(password_file)),
                *("--auth=scram-sha-256", "-E", "UTF8", f"--locale={locale}"),
            )
            self._remember_password()
            cluster.rename(self._folder)

    def forget_dead_postmaster(self) -> None:
        """Remove PostgreSQL's own lock file while nobody holds ours, which its server holds while it lives.

        After a power cut the process id in the file may be another's: PostgreSQL would take any living
        process of that id and user for a server and refuse to start.
        """
        with suppress(StackBusy), turn(self._layout.lock("postgres"), patience_s=0):
            (self._folder / "postmaster.pid").unlink(missing_ok=True)

    def has_our_password(self) -> bool:
        """Whether the cluster was last told the password that the settings carry."""
        try:
            return self._password_mark.read_text(encoding="ascii") == digest_of(self._password)
        except FileNotFoundError:
            return False

    def set_password(self) -> None:
        """Tell the cluster the password of the settings, which were written anew since it was made."""
        self._tool(
            *("postgres", "--single", "-D", str(self._folder), "postgres"),
            stdin=f"ALTER ROLE {DATABASE} PASSWORD '{self._password}'\n",
        )
        self._remember_password()

    @property
    def _draft(self) -> str:
        return f"{self._folder.name}{DRAFT}"

    @property
    def _password_mark(self) -> Path:
        return self._layout.run / "postgres.password"

    def _remember_password(self) -> None:
        write_private(self._password_mark, digest_of(self._password))

    def _tool(self, name: str, *arguments: str, stdin: str = "") -> None:
        program = Program(
            name=name,
            command=(str(self._program_path(name)), *arguments),
            folder=self._layout.volumes,
            lock=self._layout.lock("postgres"),
            ordinary_user=True,
        )
        specification = self._layout.configuration / f"{name}.tool.json"
        write_private(specification, program.specification(supervisor=None))
        try:
            done = subprocess.run(
                launch_command(specification),
                input=stdin,
                capture_output=True,
                text=True,
                check=False,
                timeout=TOOL_TIMEOUT_S,
            )
        except subprocess.TimeoutExpired:
            raise PostgresSetupFailed(
                program=name, path=self._folder, output=f"no end after {TOOL_TIMEOUT_S} s"
            ) from None
        if done.returncode == NO_NAMESPACE:
            raise RootNotAllowed(reason=done.stderr.strip())
        if done.returncode != 0:
            raise PostgresSetupFailed(
                program=name, path=self._folder, output=(done.stderr or done.stdout).strip()[-2000:]
            )
