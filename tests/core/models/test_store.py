"""Which models count as installed, and what becomes of those that are not whole."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from scribe.models import Manifest, ModelStore
from scribe.models.catalogue import CATALOGUE, CatalogueEntry
from scribe.models.errors import ModelNotInstalled
from scribe.models.hub import Hub
from scribe.models.pulling import pull
from scribe.models.upkeep import recorded, remove, verify


@pytest.fixture
def pulled(store: ModelStore, entry: CatalogueEntry, hub: Hub) -> Manifest:
    return pull(store, entry, hub, lambda _path, _received, _size: None)


def test_an_empty_store_has_no_models(store: ModelStore) -> None:
    assert store.installed() == ()
    assert store.find("tiny", "whisper") is None


def test_a_model_of_another_family_is_not_found(store: ModelStore, pulled: Manifest) -> None:
    assert store.find(pulled.name, "whisper")
    assert store.find(pulled.name, "pyannote") is None


def test_files_without_a_manifest_are_no_model(store: ModelStore, pulled: Manifest) -> None:
    store.forget(pulled.name)
    assert store.installed() == ()


def test_a_model_that_lost_a_file_is_not_offered(store: ModelStore, pulled: Manifest) -> None:
    (store.place(pulled) / "config.json").unlink()
    assert store.installed() == ()


def test_a_changed_byte_is_found_and_the_model_is_offered_no_more(
    store: ModelStore, pulled: Manifest
) -> None:
    path = store.place(pulled) / "model.bin"
    path.write_bytes(b"x" + path.read_bytes()[1:])
    assert verify(store, pulled.name) == ("model.bin",)
    assert store.installed() == ()
    assert recorded(store, pulled.name).verified_at == pulled.verified_at


def test_a_whole_model_is_verified_anew(store: ModelStore, pulled: Manifest) -> None:
    assert verify(store, pulled.name) == ()
    again = recorded(store, pulled.name).verified_at
    assert again
    assert pulled.verified_at
    assert again > pulled.verified_at


def test_a_broken_manifest_hides_no_other_model_and_is_shown_itself(
    store: ModelStore, pulled: Manifest
) -> None:
    (store.folder / "manifests" / "broken.json").write_text("{")
    assert [model.name for model in store.installed()] == [pulled.name]
    (broken,) = store.broken()
    assert (broken.name, broken.family) == ("broken", None)
    assert "manifests/broken.json" in broken.reason
    remove(store, "broken")
    assert store.broken() == ()


def test_a_model_that_is_not_whole_is_shown_with_what_is_wrong_and_what_to_do(
    store: ModelStore, pulled: Manifest
) -> None:
    assert store.broken() == ()
    (store.place(pulled) / "config.json").unlink()
    (broken,) = store.broken()
    assert (broken.name, broken.family) == ("small-one", "whisper")
    assert "(config.json). Run `./manage.sh models pull small-one`" in broken.reason


def test_damage_that_only_hashing_finds_is_shown_too(store: ModelStore, pulled: Manifest) -> None:
    path = store.place(pulled) / "model.bin"
    path.write_bytes(b"x" + path.read_bytes()[1:])
    verify(store, pulled.name)
    assert "(model.bin)" in store.broken()[0].reason


@pytest.mark.parametrize("path", ["../elsewhere", "/etc", "a/../../b", ""])
def test_a_manifest_cannot_lead_out_of_the_store(pulled: Manifest, path: str) -> None:
    with pytest.raises(ValidationError):
        Manifest.model_validate({**pulled.model_dump(), "path": path})


def test_a_removed_model_leaves_nothing_but_the_others(
    store: ModelStore, pulled: Manifest, entry: CatalogueEntry
) -> None:
    remove(store, pulled.name)
    assert store.installed() == ()
    assert not (store.folder / entry.folder).exists()
    with pytest.raises(ModelNotInstalled):
        remove(store, pulled.name)


def test_what_was_pulled_halfway_can_be_removed(store: ModelStore) -> None:
    half: Path = store.folder / CATALOGUE["tiny"].folder / "model.bin.incomplete"
    half.parent.mkdir(parents=True)
    half.touch()
    remove(store, "tiny")
    assert not half.exists()


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.name)
def test_every_listed_model_is_pinned_and_can_be_told_apart_by_its_files(entry: CatalogueEntry) -> None:
    assert len(entry.revision) == 40
    assert {"whisper": "model.bin", "pyannote": "config.yaml"}[entry.family] in entry.files
    assert entry.manifest().files == entry.files
