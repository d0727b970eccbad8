"""From settings to a product that answers: servers, schema, bucket, first administrator."""

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scribe.errors import ScribeError
from scribe.settings import REPOSITORY, Settings
from stack.account import Account, new_password
from stack.cli import serving_web
from stack.cli.errors import CommandFailed, ModuleRefused, NotRunning
from stack.cli.terminal import say, show_service

if TYPE_CHECKING:
    from stack.embedded import EmbeddedStack, ServiceName

ADMINISTRATOR = "admin@scribe.local"
MIGRATIONS = REPOSITORY / "01-core" / "scribe" / "db" / "migrations" / "versions"
PREPARED = "prepared"
"""A file in the data folder: which migrations an earlier start has seen to."""


@dataclass(frozen=True)
class Started:
    """What ``start`` leaves: where the API is and, the first time, the administrator's password."""

    address: str
    new_administrator: Account | None = None
    """Only of the run that made the account: its password is shown once and kept nowhere."""
    web_problem: ScribeError | None = None
    """Why the web app is not served, although it was asked for; all else runs."""


def embedded(settings: Settings) -> "EmbeddedStack":
    """The stack that the settings describe.

    Imported here because the servers' libraries take half a second that `setup` need not wait.
    """
    from stack.embedded import EmbeddedStack, StackConfig  # noqa: PLC0415

    return EmbeddedStack(StackConfig.from_settings(settings))


def stack_in(volumes: Path) -> "EmbeddedStack":
    """The stack in a data folder, whatever the settings say: to stop it and to find its logs."""
    from stack.embedded import EmbeddedStack, StackConfig  # noqa: PLC0415 - see ``embedded``

    return EmbeddedStack(StackConfig.of_folder(volumes))


def require(settings: Settings, *services: "ServiceName") -> None:
    """Raise NotRunning unless each of these services answers, if it is ours to run."""
    silent = [row.name for row in embedded(settings).status() if row.name in services and not row.ready]
    if silent:
        raise NotRunning(services=" and ".join(silent))


def address(settings: Settings) -> str:
    """Where a program on this machine finds the API."""
    return _address(settings.api.host, settings.api.port)


def web_address(settings: Settings) -> str:
    """Where a browser on this machine finds the web app."""
    return _address(settings.web.host, settings.web.port)


def _address(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}"  # noqa: S104


def start(settings: Settings, *, web: bool = False) -> Started:
    """Bring everything up, in order; costs a moment where it is up already.

    web: whether the web app is built where that is needed, and waited for; else it comes along as it is
    """
    from stack.embedded import PRODUCT, SERVERS, StackConfig  # noqa: PLC0415 - see ``embedded``

    stack = embedded(settings)
    ours = [service for service in StackConfig.from_settings(settings).services if service in SERVERS]
    with serving_web.building(settings, wanted=web) as built:
        administrator = None
        if not (_is_prepared(settings) and stack.healthy([*ours, *PRODUCT]) and stack.is_current()):
            stack.up(show_service, ours)
            asyncio.run(prepare(settings))
            administrator = None if settings.web.enabled else first_administrator()
            try:
                stack.up(show_service, PRODUCT)
            except BaseException:
                show_administrator(administrator)  # nobody could tell the password later
                raise
            _prepared_mark(settings).write_text(_schema_files(), encoding="utf-8")
        problem = serving_web.serve(stack, built) if built else None
    return Started(address(settings), administrator, problem)


def _is_prepared(settings: Settings) -> bool:
    """Whether an earlier start has seen to schema, bucket and administrator, and no migration is new."""
    mark = _prepared_mark(settings)
    return mark.is_file() and mark.read_text(encoding="utf-8") == _schema_files()


def _prepared_mark(settings: Settings) -> Path:
    return settings.stack.volumes / PREPARED


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
    account = Account(email=ADMINISTRATOR, password=new_password())
    return account if create_account(account, "--role", "admin", "--if-none-exist") else None


def show_administrator(administrator: Account | None) -> None:
    """Tell the new administrator's password, to standard error: results may go to a file."""
    if administrator:
        say(f"Administrator    {administrator.email}")
        say(f"Password         {administrator.password.get_secret_value()}   (shown only this once)")


def create_account(account: Account, *options: str) -> bool:
    """Make an account; whether it was made (``--if-none-exist`` may leave things as they are)."""
    password = account.password.get_secret_value()
    told = product_module(
        "scribe_api.accounts", "create", account.email, "--password-stdin", *options, stdin=f"{password}\n"
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
