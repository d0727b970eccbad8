"""Tell one state of the product's code from another, so that new code reaches running processes."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from scribe.settings import REPOSITORY
from stack.bootstrap.stamp import SHARED


def revision_of(packages: Iterable[str]) -> str:
    """A digest of the packages' source files and of the pins that they are installed with.

    By content: a file that was only touched, or changed and changed back, changes nothing.
    """
    digest = hashlib.sha256()
    for package in packages:
        for folder, file in _sources(package):
            digest.update(f"{package}/{file.relative_to(folder)}\0".encode() + file.read_bytes() + b"\0")
    for pins in SHARED:
        digest.update((REPOSITORY / pins).read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _sources(package: str) -> Iterator[tuple[Path, Path]]:
    """Each source file of a package with the folder that it is found in."""
    spec = find_spec(package)
    for folder in map(Path, (spec.submodule_search_locations if spec else None) or ()):
        for file in sorted(folder.rglob("*.py")):
            yield folder, file
