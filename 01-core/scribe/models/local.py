"""Take in a model from a folder: for machines without a network, and for models of one's own."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from scribe.models.catalogue import PYANNOTE, WHISPER
from scribe.models.errors import LinkLeadsOut, ModelExists, ModelNameInvalid, NotAModel
from scribe.models.hashing import sha256_of
from scribe.models.manifest import FileRecord, Manifest, ModelName
from scribe.models.store import LOCAL, ModelStore

WHISPER_FILES = ("model.bin", "config.json", "tokenizer.json")
PIPELINE = re.compile(r"^pipeline:", re.MULTILINE)

_name = TypeAdapter(ModelName)


def add(store: ModelStore, folder: Path, name: str | None = None) -> Manifest:
    """Copy the model in ``folder`` into the store, by default under the folder's name.

    Raises NotAModel, ModelNameInvalid, ModelExists and LinkLeadsOut.
    """
    source = folder.resolve()
    chosen = source.name if name is None else name
    try:
        _name.validate_python(chosen)
    except ValidationError as error:
        raise ModelNameInvalid(name=chosen) from error
    if any(manifest.name == chosen for manifest in store.manifests()):
        raise ModelExists(name=chosen)
    family = family_of(source)
    paths = _files(source)
    place = store.folder / LOCAL / chosen
    shutil.rmtree(place, ignore_errors=True)  # of an earlier try that did not come to its end
    try:
        for path in paths:
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / path, place / path)
    except OSError:
        shutil.rmtree(place, ignore_errors=True)
        raise
    manifest = Manifest(
        name=chosen,
        family=family,
        path=f"{LOCAL}/{chosen}",
        files={path: _record(place / path) for path in paths},
        verified_at=datetime.now(UTC),
    )
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


def _files(source: Path) -> list[str]:
    """The paths of all files, relative to the folder. Raises LinkLeadsOut."""
    found = []
    for path in sorted(source.rglob("*")):
        if path.is_symlink() and not path.resolve().is_relative_to(source):
            raise LinkLeadsOut(path=path)
        if path.is_file():
            found.append(path.relative_to(source).as_posix())
    return found


def _record(path: Path) -> FileRecord:
    return FileRecord(size=path.stat().st_size, sha256=sha256_of(path))
