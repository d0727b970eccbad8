"""Take in a model from a folder: for machines without a network, and for models of one's own."""

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from scribe.models.catalogue import CATALOGUE, PYANNOTE, WHISPER, CatalogueEntry
from scribe.models.claims import claimed
from scribe.models.durable import sync
from scribe.models.errors import (
    CopyDiffers,
    FolderOverlapsStore,
    LinkLeadsOut,
    LinkUnusable,
    ModelExists,
    NotAModel,
)
from scribe.models.hashing import is_as_recorded, sha256_of
from scribe.models.manifest import FileRecord, Manifest
from scribe.models.store import LOCAL, ModelStore

WHISPER_FILES = ("model.bin", "config.json", "tokenizer.json")
PIPELINE = re.compile(r"^pipeline:", re.MULTILINE)


def add(store: ModelStore, folder: Path, name: str | None = None) -> Manifest:
    """Copy the model in ``folder`` into the store, by default under the folder's name.

    A model of the catalogue, known by its checksums, gets its own name there, as if it had been pulled.
    Raises NotAModel, ModelNameInvalid, ModelExists, LinkLeadsOut, LinkUnusable, FolderOverlapsStore,
    CopyDiffers and PullRunning.
    """
    source = folder.resolve()
    family = family_of(source)
    paths = _files(source)
    entry = recognised(source) if name is None else None
    chosen = entry.name if entry else source.name if name is None else name
    place = store.folder / (entry.folder if entry else f"{LOCAL}/{chosen}")
    with claimed(store, chosen):
        if store.knows(chosen):
            raise ModelExists(name=chosen)
        if source != place.resolve():
            _refuse_overlap(source, store.folder)
        manifest = entry.manifest() if entry else _manifest(chosen, family, source, paths)
        if source != place.resolve():
            _copy(source, place, manifest)
        store.record(manifest)
    return manifest


def family_of(folder: Path) -> str:
    """What kind of model the folder holds, by its files. Raises NotAModel."""
    if not folder.is_dir():
        raise NotAModel(folder=folder, reason="there is no such folder")
    if all((folder / name).is_file() for name in WHISPER_FILES):
        return WHISPER
    config = folder / "config.yaml"
    if config.is_file() and PIPELINE.search(config.read_text(encoding="utf-8", errors="replace")):
        return PYANNOTE
    raise NotAModel(folder=folder, reason="it has the files of neither kind")


def recognised(folder: Path) -> CatalogueEntry | None:
    """The model of the catalogue whose files the folder holds, by their checksums."""
    for entry in CATALOGUE.values():
        if all(is_as_recorded(folder / path, record) for path, record in entry.files.items()):
            return entry
    return None


def _manifest(name: str, family: str, source: Path, paths: list[str]) -> Manifest:
    return Manifest(
        name=name,
        family=family,
        path=f"{LOCAL}/{name}",
        files={path: _record(source / path) for path in paths},
        verified_at=datetime.now(UTC),
    )


def _copy(source: Path, place: Path, manifest: Manifest) -> None:
    """Copy the files, and give the copy its place once it is whole. Raises CopyDiffers."""
    draft = place.with_name(f".{place.name}.new")
    shutil.rmtree(draft, ignore_errors=True)  # of an earlier try that did not come to its end
    try:
        for path, record in manifest.files.items():
            (draft / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / path, draft / path)
            sync(draft / path)
            if not is_as_recorded(draft / path, record):
                raise CopyDiffers(folder=source)
        if place.exists():
            shutil.rmtree(place)
        draft.replace(place)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _refuse_overlap(source: Path, store: Path) -> None:
    inside = store.resolve()
    if source.is_relative_to(inside) or inside.is_relative_to(source):
        raise FolderOverlapsStore(folder=source, store=store)


def _files(source: Path) -> list[str]:
    """The paths of all files, relative to the folder. Raises LinkLeadsOut and LinkUnusable."""
    found = []
    for path in sorted(source.rglob("*")):
        if path.is_symlink():
            _check_link(path, source)
        if path.is_file():
            found.append(path.relative_to(source).as_posix())
    return found


def _check_link(path: Path, source: Path) -> None:
    """Only files of the folder may be linked to, and those that the hub's client keeps for a snapshot."""
    target = Path(os.path.realpath(path))
    cache = source.parent.parent
    of_client = source.parent.name == "snapshots" and cache.name.startswith("models--")
    if not (target.is_relative_to(source) or (of_client and target.is_relative_to(cache / "blobs"))):
        raise LinkLeadsOut(path=path)
    if not target.is_file():
        raise LinkUnusable(path=path)


def _record(path: Path) -> FileRecord:
    return FileRecord(size=path.stat().st_size, sha256=sha256_of(path))
