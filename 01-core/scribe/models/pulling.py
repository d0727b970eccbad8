"""Install a model of the catalogue: only what is missing is fetched, and nothing unchecked is declared."""

import shutil
from collections.abc import Callable
from pathlib import Path

from scribe.models.catalogue import CATALOGUE, CatalogueEntry
from scribe.models.claims import claimed
from scribe.models.durable import replace
from scribe.models.errors import ChecksumWrong, DiskFull, ModelExists, UnknownModel
from scribe.models.hashing import is_as_recorded
from scribe.models.hub import Hub
from scribe.models.manifest import Manifest
from scribe.models.store import ModelStore

MIB = 1 << 20
PARTIAL = ".incomplete"
SPARE = 64 * MIB
"""Bytes that stay free on the disk."""

Progress = Callable[[str, int, int], None]
"""Called with a file's path, how many of its bytes are here, and how many there are."""


def listed(name: str) -> CatalogueEntry:
    """The catalogue's entry of that name. Raises UnknownModel."""
    try:
        return CATALOGUE[name]
    except KeyError as error:
        raise UnknownModel(name=name, known=", ".join(CATALOGUE)) from error


def pull(store: ModelStore, entry: CatalogueEntry, hub: Hub, progress: Progress) -> Manifest:
    """Fetch what is missing, check everything, and declare the model installed.

    Files that are here with the right bytes stay, whoever fetched them. Raises the errors of
    ``scribe.models.errors``; what has arrived is kept for the next time.
    """
    with claimed(store, entry.name):
        known = store.manifest(entry.name)
        if known and known.repo != entry.repo:
            raise ModelExists(name=entry.name)
        return _pull(store, entry, hub, progress)


def _pull(store: ModelStore, entry: CatalogueEntry, hub: Hub, progress: Progress) -> Manifest:
    place = store.folder / entry.folder
    missing = [path for path, record in entry.files.items() if not is_as_recorded(place / path, record)]
    _need_room(store.folder, entry, sum(_outstanding(entry, place, path) for path in missing))
    for path in missing:
        _install(entry, path, place / path, hub, progress)
    manifest = entry.manifest()
    store.record(manifest)
    return manifest


def _install(entry: CatalogueEntry, path: str, target: Path, hub: Hub, progress: Progress) -> None:
    record = entry.files[path]
    partial = _partial(target)
    partial.parent.mkdir(parents=True, exist_ok=True)
    hub.fetch(entry, path, partial, lambda received: progress(path, received, record.size))
    if not is_as_recorded(partial, record):
        partial.unlink()
        raise ChecksumWrong(path=path, name=entry.name)
    replace(partial, target)


def _partial(target: Path) -> Path:
    return target.with_name(target.name + PARTIAL)


def _outstanding(entry: CatalogueEntry, place: Path, path: str) -> int:
    try:
        return max(0, entry.files[path].size - _partial(place / path).stat().st_size)
    except OSError:
        return entry.files[path].size


def _need_room(folder: Path, entry: CatalogueEntry, needed: int) -> None:
    """Raise DiskFull where the files do not fit."""
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if needed and free < needed + SPARE:
        raise DiskFull(name=entry.name, needed_mib=needed // MIB + 1, folder=folder, free_mib=free // MIB)
