"""Check installed models anew, and take them away."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from scribe.models.catalogue import CATALOGUE, repo_folder
from scribe.models.claims import claimed
from scribe.models.errors import ModelBroken, ModelNotInstalled
from scribe.models.hashing import is_as_recorded
from scribe.models.manifest import Manifest
from scribe.models.store import LOCAL, ModelStore


def recorded(store: ModelStore, name: str) -> Manifest:
    """What is known of that installed model, whole or not. Raises ModelNotInstalled and ModelBroken."""
    manifest = store.manifest(name)
    if manifest:
        return manifest
    for broken in store.broken():
        if broken.name == name:
            raise ModelBroken(name=name, reason=broken.reason)
    raise ModelNotInstalled(name=name)


def verify(store: ModelStore, name: str) -> tuple[str, ...]:
    """The files that are missing or not as they were when the model was installed; hashes them all.

    What was found is kept with the model. Raises ModelNotInstalled, ModelBroken and PullRunning.
    """
    recorded(store, name)
    with claimed(store, name):
        manifest = recorded(store, name)
        place = store.place(manifest)
        damaged = tuple(
            path for path, record in manifest.files.items() if not is_as_recorded(place / path, record)
        )
        verified_at = manifest.verified_at if damaged else datetime.now(UTC)
        store.record(manifest.model_copy(update={"damaged": damaged, "verified_at": verified_at}))
    return damaged


def remove(store: ModelStore, name: str) -> None:
    """Delete the model, what was pulled of it so far included.

    Raises ModelNotInstalled, ModelNameInvalid and PullRunning.
    """
    if not (store.knows(name) or _folders(store, name)):
        raise ModelNotInstalled(name=name)
    with claimed(store, name):
        folders = _folders(store, name)
        store.forget(name)
        for folder in folders:
            shutil.rmtree(folder)


def _folders(store: ModelStore, name: str) -> list[Path]:
    """Those that hold something of the model and exist: that of its record, else those that it could have."""
    manifest, entry = store.manifest(name), CATALOGUE.get(name)
    if manifest:
        folders = [store.folder / repo_folder(manifest.repo) if manifest.repo else store.place(manifest)]
    else:
        folders = [store.folder / LOCAL / name]
        folders += [store.folder / repo_folder(entry.repo)] if entry else []
    return [folder for folder in folders if folder.is_dir()]
