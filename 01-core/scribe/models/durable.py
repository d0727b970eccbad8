"""Files that are whole wherever they have their name, even after the power failed."""

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Return when the file's bytes are on the disk. Raises OSError."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def replace(draft: Path, target: Path) -> None:
    """Give ``draft`` its name once its bytes are on the disk. Raises OSError."""
    sync(draft)
    draft.replace(target)
