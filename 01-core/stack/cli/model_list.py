"""What `models list` shows: the installed models, then those that can be pulled."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from scribe.models import Manifest, ModelStore
from scribe.models.catalogue import CATALOGUE


class ListedModel(BaseModel):
    """A model; ``size`` in bytes, ``verified_at`` when its checksums were last found right.

    reason: what is wrong with a damaged one; of one whose record cannot be read there is nothing else
    """

    name: str
    family: str | None
    state: Literal["installed", "damaged", "available"]
    size: int | None = None
    license: str | None = None
    repo: str | None = None
    revision: str | None = None
    gated: bool = False
    verified_at: datetime | None = None
    reason: str | None = None


def everything(store: ModelStore) -> list[ListedModel]:
    """All models that are or could be here."""
    installed = {manifest.name: _installed(manifest) for manifest in store.manifests()}
    for broken in store.broken():
        known = installed.get(broken.name) or ListedModel(**broken.model_dump(), state="damaged")
        installed[broken.name] = known.model_copy(update={"state": "damaged", "reason": broken.reason})
    available = [
        ListedModel(state="available", **entry.model_dump(exclude={"files"}), size=entry.size)
        for entry in CATALOGUE.values()
        if entry.name not in installed
    ]
    return [*(installed[name] for name in sorted(installed)), *available]


def _installed(manifest: Manifest) -> ListedModel:
    entry = CATALOGUE.get(manifest.name)
    return ListedModel(
        state="installed",
        **manifest.model_dump(exclude={"files", "path", "damaged"}),
        size=manifest.size,
        gated=entry is not None and manifest.repo == entry.repo and entry.gated,
    )
