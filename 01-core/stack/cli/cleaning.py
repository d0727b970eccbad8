"""`clean` and `clean-all`: what is removed, and what is asked first."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from scribe.settings import REPOSITORY
from stack.cli import product
from stack.cli.terminal import say, show_service

CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache")
SOURCES = ("01-core", "02-workers", "03-interface", "tests")
KEPT = ".gitkeep"


def clean() -> None:
    """Remove caches, temporary files and logs; data, .env and the packages stay."""
    settings = product.load_settings()
    removed = [*(REPOSITORY / name for name in CACHES), *_bytecode(REPOSITORY)]
    for path in removed:
        shutil.rmtree(path, ignore_errors=True)
    freed = _empty_logs(product.logs_folder(settings))
    say(f"Caches are gone, and {freed / 1024**2:.1f} MiB of logs. Data, .env and .venv are as they were.")


def clean_all(*, yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Stop everything and remove it all: recordings, transcripts, accounts, .env, packages."""
    settings = product.load_settings()
    volumes = settings.stack.volumes
    if not yes:
        typer.confirm(
            f"Remove every recording, transcript and account in {volumes}, and .env and .venv?",
            abort=True,
            err=True,
        )
    product.embedded(settings).down(show_service)
    for path in _contents(volumes):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    for name in CACHES:
        shutil.rmtree(REPOSITORY / name, ignore_errors=True)
    product.ENV_FILE.unlink(missing_ok=True)
    say("Everything is removed; .venv goes last. `./manage.sh` begins anew.")
    # This very program runs from .venv: another one has to take it away.
    os.execvp("rm", ["rm", "-rf", "--", str(REPOSITORY / ".venv")])  # noqa: S606, S607


def _contents(volumes: Path) -> list[Path]:
    return [path for path in volumes.iterdir() if path.name != KEPT] if volumes.is_dir() else []


def _bytecode(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        yield from (root / source).rglob("__pycache__")


def _empty_logs(folder: Path) -> int:
    """Truncate the logs in use (their writers keep them open) and remove the rotated ones; returns bytes."""
    freed = 0
    for path in folder.glob("*") if folder.is_dir() else ():
        if not path.is_file():
            continue
        freed += path.stat().st_size
        if path.suffix == ".log":
            path.write_bytes(b"")
        else:
            path.unlink()
    return freed
