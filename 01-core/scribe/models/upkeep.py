"""Check installed models anew, and take them away."""

import shutil
from datetime import UTC, datetime

from scribe.models.catalogue import CATALOGUE
from scribe.models.errors import ModelNotInstalled
from scribe.models.hashing import is_as_recorded
from scribe.models.manifest import Manifest
from scribe.models.pulling import repo_folder
from scribe.models.store import ModelStore


def recorded(store: ModelStore, name: str) -> Manifest:
    """What is known of that installed model, whole or not. Raises ModelNotInstalled."""
    for manifest in store.manifests():
        if manifest.name == name:
            return manifest
    raise ModelNotInstalled(name=name)


def verify(store: ModelStore, manifest: Manifest) -> tuple[str, ...]:
    """The files that are missing or not as they were when the model was installed; hashes them all.

    What was found is kept with the model.
    """
    place = store.place(manifest)
    damaged = tuple(
        path for path, record in manifest.files.items() if not is_as_recorded(place / path, record)
    )
    verified_at = manifest.verified_at if damaged else datetime.now(UTC)
    store.record(manifest.model_copy(update={"damaged": damaged, "verified_at": verified_at}))
    return damaged


def remove(store: ModelStore, name: str) -> None:
    """Delete the model, what was pulled of it so far included. Raises ModelNotInstalled."""
    manifest = next((found for found in store.manifests() if found.name == name), None)
    entry = CATALOGUE.get(name)
    repo = manifest.repo if manifest else entry.repo if entry else None
    folder = store.folder / repo_folder(repo) if repo else store.place(manifest) if manifest else None
    if folder is None or not (manifest or folder.exists()):
        raise ModelNotInstalled(name=name)
    if manifest:
        store.forget(manifest)
    if folder.exists():
        shutil.rmtree(folder)
