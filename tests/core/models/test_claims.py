"""What changes a model waits for nobody and meets nobody: the second one is told."""

from collections.abc import Callable

import pytest

from scribe.models import Manifest, ModelStore
from scribe.models.catalogue import CATALOGUE, CatalogueEntry
from scribe.models.claims import claimed
from scribe.models.errors import ModelNameInvalid, ModelNotInstalled, PullRunning
from scribe.models.hub import Hub
from scribe.models.local import add
from scribe.models.pulling import pull
from scribe.models.upkeep import remove, verify
from scribe.settings import REPOSITORY

WHISPER = REPOSITORY / "tests" / "fixtures" / "models" / "whisper-tiny"


@pytest.fixture(autouse=True)
def pulled(store: ModelStore, entry: CatalogueEntry, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> Manifest:
    monkeypatch.setitem(CATALOGUE, entry.name, entry)
    return pull(store, entry, hub, lambda _path, _received, _size: None)


@pytest.mark.parametrize(
    "change",
    [
        lambda store, entry, hub: pull(store, entry, hub, lambda _path, _received, _size: None),
        lambda store, entry, _: verify(store, entry.name),
        lambda store, entry, _: remove(store, entry.name),
        lambda store, entry, _: add(store, WHISPER, entry.name),
    ],
    ids=["pull", "verify", "remove", "add"],
)
def test_a_model_that_somebody_else_changes_is_left_alone(
    store: ModelStore,
    entry: CatalogueEntry,
    hub: Hub,
    pulled: Manifest,
    change: Callable[[ModelStore, CatalogueEntry, Hub], object],
) -> None:
    with claimed(store, entry.name), pytest.raises(PullRunning, match="small-one"):
        change(store, entry, hub)
    assert store.manifests() == (pulled,)


def test_a_model_that_is_being_pulled_can_be_removed_by_nobody(
    store: ModelStore, entry: CatalogueEntry, hub: Hub
) -> None:
    remove(store, entry.name)
    refused: list[PullRunning] = []

    def meddle(_path: str, _received: int, _size: int) -> None:
        with pytest.raises(PullRunning) as refusal:
            remove(store, entry.name)
        refused.append(refusal.value)

    pull(store, entry, hub, meddle)
    assert refused
    assert store.find(entry.name, entry.family)


def test_a_model_that_was_removed_meanwhile_is_not_declared_again(
    store: ModelStore, pulled: Manifest
) -> None:
    remove(store, pulled.name)
    with pytest.raises(ModelNotInstalled):
        verify(store, pulled.name)
    assert store.manifests() == ()


@pytest.mark.parametrize("name", ["..", "../manifests", "."])
def test_only_models_can_be_removed(store: ModelStore, pulled: Manifest, name: str) -> None:
    (store.folder / "local").mkdir()
    with pytest.raises(ModelNameInvalid):
        remove(store, name)
    assert store.manifests() == (pulled,)
