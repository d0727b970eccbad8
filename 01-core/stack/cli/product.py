"""From nothing to a product that answers: credentials, servers, schema, bucket, first administrator."""

import asyncio
import json
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails

from scribe.errors import ScribeError
from scribe.settings import REPOSITORY, Settings, StackSettings, get_settings
from stack.account import Account
from stack.cli import env_file
from stack.cli.errors import CommandFailed, ModuleRefused, SettingsWrong
from stack.cli.terminal import say, show_service

if TYPE_CHECKING:
    from stack.embedded import EmbeddedStack

ADMINISTRATOR = "admin@scribe.local"
ENV_FILE = REPOSITORY / ".env"
ENV_EXAMPLE = REPOSITORY / ".env.example"
MIGRATIONS = REPOSITORY / "01-core" / "scribe" / "db" / "migrations" / "versions"
SECRET_BYTES = 48
PASSWORD_BYTES = 18


@dataclass(frozen=True)
class Started:
    """What ``start`` leaves: where the API is and, the first time, the administrator's password."""

    address: str
    new_administrator: Account | None
    """Only of the run that made the account: its password is shown once and kept nowhere."""


def ensure_env() -> list[str]:
    """Write .env, or what it lacks; returns the names of the variables that were written."""
    if not env_file.missing(ENV_FILE, ENV_EXAMPLE):
        return []
    from stack.embedded import Ports, environment_for, new_credentials  # noqa: PLC0415 - see ``embedded``

    stack = StackSettings()
    ports = Ports(postgres=stack.postgres_port, redis=stack.redis_port, s3=stack.s3_port)
    values = {
        **environment_for(ports, new_credentials()),
        "SCRIBE_AUTH__SECRET": secrets.token_urlsafe(SECRET_BYTES),
    }
    return env_file.ensure(ENV_FILE, ENV_EXAMPLE, values)


def load_settings() -> Settings:
    """The settings, once .env is there. Raises SettingsWrong."""
    ensure_env()
    return read_settings()


def read_settings() -> Settings:
    """The settings as they are. Raises SettingsWrong, which names the variables at fault."""
    try:
        return get_settings()
    except ValidationError as error:
        raise SettingsWrong(faults="; ".join(map(_fault, error.errors()))) from error


def _fault(fault: ErrorDetails) -> str:
    variable = "__".join(("SCRIBE", *map(str, fault["loc"]))).upper().replace("SCRIBE__", "SCRIBE_", 1)
    return f"{variable}: {fault['msg']}" if fault["loc"] else fault["msg"]


def embedded(settings: Settings) -> "EmbeddedStack":
    """The stack that the settings describe.

    Imported here because the servers' libraries take half a second that `setup` need not wait.
    """
    from stack.embedded import EmbeddedStack, StackConfig  # noqa: PLC0415

    return EmbeddedStack(StackConfig.from_settings(settings))


def address(settings: Settings) -> str:
    """Where a program on this machine finds the API."""
    host = "127.0.0.1" if settings.api.host in {"0.0.0.0", "::"} else settings.api.host  # noqa: S104
    return f"http://{host}:{settings.api.port}"


def start(settings: Settings) -> Started:
    """Bring everything up, in order; costs a moment where it is up already."""
    from stack.embedded import PRODUCT, StackConfig  # noqa: PLC0415 - see ``embedded``

    stack = embedded(settings)
    if _is_prepared(settings) and stack.healthy():
        return Started(address(settings), None)
    ours = StackConfig.from_settings(settings).services
    stack.up(show_service, [service for service in ours if service not in PRODUCT])
    asyncio.run(prepare(settings))
    administrator = first_administrator()
    try:
        stack.up(show_service, PRODUCT)
    except BaseException:
        show_administrator(administrator)  # nobody could tell the password later
        raise
    _prepared_mark(settings).write_text(_schema_files(), encoding="utf-8")
    return Started(address(settings), administrator)


def _is_prepared(settings: Settings) -> bool:
    """Whether an earlier start has seen to schema, bucket and administrator, and no migration is new."""
    mark = _prepared_mark(settings)
    return mark.is_file() and mark.read_text(encoding="utf-8") == _schema_files()


def _prepared_mark(settings: Settings) -> Path:
    return settings.stack.volumes / "prepared"


def _schema_files() -> str:
    return "".join(f"{path.name}\n" for path in sorted(MIGRATIONS.glob("*.py")))


async def prepare(settings: Settings) -> None:
    """Bring the schema to the newest migration and make the bucket."""
    from scribe.db.migrate import migrate  # noqa: PLC0415 - Alembic and boto would slow every other command
    from scribe.storage import ObjectStore  # noqa: PLC0415

    await migrate(settings.database)
    async with ObjectStore.open(settings.s3) as store:
        await store.ensure_bucket()


def first_administrator() -> Account | None:
    """Make an administrator where there is no account at all; None where there is one."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    created = create_account(ADMINISTRATOR, password, "--role", "admin", "--if-none-exist")
    return Account(email=ADMINISTRATOR, password=SecretStr(password)) if created else None


def show_administrator(administrator: Account | None) -> None:
    """Tell the new administrator's password, to standard error: results may go to a file."""
    if administrator:
        say(f"Administrator    {administrator.email}")
        say(f"Password         {administrator.password.get_secret_value()}   (shown only this once)")


def create_account(email: str, password: str, *options: str) -> bool:
    """Make an account; whether it was made (``--if-none-exist`` may leave things as they are)."""
    told = product_module(
        "scribe_api.accounts", "create", email, "--password-stdin", *options, stdin=f"{password}\n"
    )
    return bool(json.loads(told.splitlines()[-1])["created"])


def product_module(module: str, *arguments: str, stdin: str | None = None) -> str:
    """Run a module of the product in a process of its own and return what it printed.

    Raises ModuleRefused or CommandFailed with the reason that it printed.
    """
    done = subprocess.run(
        [sys.executable, "-P", "-m", module, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
    )
    if done.returncode != 0:
        raise _failure(module, done)
    return done.stdout


def _failure(module: str, done: subprocess.CompletedProcess[str]) -> ScribeError:
    """A refusal that was told as JSON, else the last line that was printed."""
    try:
        told = json.loads(done.stdout.splitlines()[-1])["error"]
        return ModuleRefused(sentence=told["message"], module_code=told["code"])
    except (ValueError, KeyError, TypeError, IndexError):
        said = (done.stderr.strip() or done.stdout.strip() or "It said nothing.").splitlines()[-1]
        return CommandFailed(what=f"python -m {module}", returncode=done.returncode, output=said)


def logs_folder(settings: Settings) -> Path:
    """Where all logs lie."""
    return settings.stack.volumes / "logs"
