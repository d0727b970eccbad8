"""What `models list` shows: the installed models, then those that can be pulled."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from scribe.models import Manifest, ModelStore
from scribe.models.catalogue import CATALOGUE


class ListedModel(BaseModel):
    """A model; ``size`` in bytes, ``verified_at`` when its checksums were last found right."""

    name: str
    family: str
    state: Literal["installed", "damaged", "available"]
    size: int
    license: str | None
    repo: str | None
    revision: str | None
    gated: bool = False
    verified_at: datetime | None = None


def everything(store: ModelStore) -> list[ListedModel]:
    """All models that are or could be here."""
    here = store.manifests()
    names = {manifest.name for manifest in here}
    available = [
        ListedModel(state="available", **entry.model_dump(exclude={"files"}), size=entry.size)
        for entry in CATALOGUE.values()
        if entry.name not in names
    ]
    return [*(_installed(store, manifest) for manifest in here), *available]


def _installed(store: ModelStore, manifest: Manifest) -> ListedModel:
    entry = CATALOGUE.get(manifest.name)
    return ListedModel(
        state="installed" if store.is_whole(manifest) else "damaged",
        **manifest.model_dump(exclude={"files", "path", "damaged"}),
        size=manifest.size,
        gated=entry is not None and manifest.repo == entry.repo and entry.gated,
    )
