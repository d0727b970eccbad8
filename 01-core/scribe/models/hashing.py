"""SHA-256 of files that are larger than memory."""

import hashlib
from pathlib import Path

from scribe.models.manifest import FileRecord


def sha256_of(path: Path) -> str:
    """The checksum of a file, as hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_as_recorded(path: Path, record: FileRecord) -> bool:
    """Whether the file is there with these very bytes."""
    try:
        return path.stat().st_size == record.size and sha256_of(path) == record.sha256
    except OSError:
        return False
