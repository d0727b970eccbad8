"""`clean` and `clean-all`: what is removed, and what is asked first."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from scribe.settings import REPOSITORY
from stack.account import COMMAND_LINE_FILE
from stack.cli import product
from stack.cli.configuration import ENV_FILE, data_folder
from stack.cli.terminal import say, show_service
from stack.embedded.layout import Layout
from stack.web.places import DRAFT, NODE_MODULES, SERVED

CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache")
SOURCES = ("01-core", "02-workers", "03-interface", "tests")
LOG = re.compile(r"\.log(?P<rotated>\.\d+)?$")


def clean() -> None:
    """Remove caches and logs; data, .env and the packages stay."""
    _remove_caches()
    freed = empty_logs(Layout(data_folder()).logs)
    say(f"Caches are gone, and {freed / 1024**2:.1f} MiB of logs. Data, .env and .venv are as they were.")


def clean_all(*, yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Stop everything and remove it all: recordings, transcripts, accounts, .env, packages."""
    volumes = data_folder()
    if not yes:
        typer.confirm(
            f"Remove every recording, transcript and account in {volumes}, and .env and .venv?",
            abort=True,
            err=True,
        )
    product.stack_in(volumes).down(show_service)
    remove_data(volumes)
    _remove_caches()
    for folder in (SERVED, DRAFT, NODE_MODULES):
        shutil.rmtree(folder, ignore_errors=True)
    ENV_FILE.unlink(missing_ok=True)
    say("Everything is removed; .venv goes last. `./manage.sh` begins anew.")
    # This very program runs from .venv: another one has to take it away.
    os.execvp("rm", ["rm", "-rf", "--", str(REPOSITORY / ".venv")])  # noqa: S606, S607


def remove_data(volumes: Path) -> None:
    """Remove what this product keeps in its data folder, and nothing that somebody else put there."""
    own = [path for name in (product.PREPARED, COMMAND_LINE_FILE) for path in volumes.glob(f"{name}*")]
    for path in (*Layout(volumes).belongings(), *own):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def empty_logs(folder: Path) -> int:
    """Truncate the logs in use (their writers keep them open) and remove the rotated ones; returns bytes."""
    freed = 0
    for path in folder.glob("*.log*"):
        found = LOG.search(path.name)
        if found is None or not path.is_file():
            continue
        freed += path.stat().st_size
        if found["rotated"]:
            path.unlink()
        else:
            path.write_bytes(b"")
    return freed


def _remove_caches() -> None:
    for path in [*(REPOSITORY / name for name in CACHES), *_bytecode(REPOSITORY)]:
        shutil.rmtree(path, ignore_errors=True)


def _bytecode(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        for folder, below, _ in os.walk(root / source):
            below[:] = [name for name in below if name != NODE_MODULES.name]
            if "__pycache__" in below:
                yield Path(folder, "__pycache__")
