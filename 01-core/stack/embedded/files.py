"""Write the servers' files so that an interruption leaves the old one or the new one, never half."""

import os
import shutil
import tempfile
import time
from pathlib import Path

ASIDE = ".unusable-"
DRAFT = ".draft-"
"""What follows a folder's name in the names of those that were moved aside, or not finished."""


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads; unchanged content is left alone."""
    try:
        if path.read_text(encoding="utf-8") == text:
            return
    except (FileNotFoundError, UnicodeDecodeError):
        pass
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path)


def move_aside(folder: Path) -> Path:
    """Rename a folder that cannot be used to ``NAME.unusable-TIME`` and return where it went."""
    aside = folder.with_name(f"{folder.name}{ASIDE}{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 1000}")
    folder.rename(aside)
    return aside


def remove_leftovers(parent: Path, prefix: str) -> None:
    """Remove the drafts of an interrupted preparation: folders in ``parent`` that start with ``prefix``."""
    for draft in parent.glob(f"{prefix}*"):
        shutil.rmtree(draft, ignore_errors=True)


def last_lines(log: Path, *, count: int = 12, since: int = 0) -> str:
    """The last lines of a log, of what was written after byte ``since``; empty when there is none."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0 if size < since else since, size - 16_384))
            text = file.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    return "\n".join(text.splitlines()[-count:])
