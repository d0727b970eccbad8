"""Adding a model from a folder."""

import shutil
from pathlib import Path

import pytest

from scribe.models import FileRecord, ModelStore
from scribe.models.catalogue import CATALOGUE, CatalogueEntry
from scribe.models.errors import (
    CopyDiffers,
    FolderOverlapsStore,
    LinkLeadsOut,
    LinkUnusable,
    ModelExists,
    ModelNameInvalid,
    NotAModel,
)
from scribe.models.hashing import sha256_of
from scribe.models.local import add
from scribe.models.upkeep import remove
from scribe.settings import REPOSITORY

FIXTURES = REPOSITORY / "tests" / "fixtures" / "models"


@pytest.mark.parametrize(("name", "family"), [("whisper-tiny", "whisper"), ("pyannote-tiny", "pyannote")])
def test_a_folder_is_known_by_its_files_and_copied_whole(store: ModelStore, name: str, family: str) -> None:
    add(store, FIXTURES / name)
    found = store.find(name, family)
    assert found
    assert found.path != FIXTURES / name
    copied = {path.relative_to(found.path) for path in found.path.rglob("*")}
    assert copied == {path.relative_to(FIXTURES / name) for path in (FIXTURES / name).rglob("*")}


def test_it_can_have_a_name_of_its_own(store: ModelStore) -> None:
    add(store, FIXTURES / "whisper-tiny", "mine")
    assert store.find("mine", "whisper")


def test_a_name_is_taken_once(store: ModelStore) -> None:
    add(store, FIXTURES / "whisper-tiny", "mine")
    with pytest.raises(ModelExists, match="models remove mine"):
        add(store, FIXTURES / "pyannote-tiny", "mine")


def test_a_removed_model_frees_its_name(store: ModelStore) -> None:
    add(store, FIXTURES / "whisper-tiny", "mine")
    remove(store, "mine")
    add(store, FIXTURES / "pyannote-tiny", "mine")
    assert store.find("mine", "pyannote")


@pytest.mark.parametrize("name", ["../mine", "a/b", ".hidden", "", "x" * 101, "my model"])
def test_a_name_cannot_be_a_path(store: ModelStore, name: str) -> None:
    with pytest.raises(ModelNameInvalid):
        add(store, FIXTURES / "whisper-tiny", name)
    assert store.installed() == ()


def test_a_folder_without_a_model_says_what_one_looks_like(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(NotAModel, match=r"model\.bin, config\.json"):
        add(store, tmp_path)
    with pytest.raises(NotAModel, match="no such folder"):
        add(store, tmp_path / "nowhere")


def test_a_link_that_leads_out_is_refused_and_one_within_is_followed(
    store: ModelStore, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FIXTURES / "whisper-tiny", folder)
    (folder / "also.json").symlink_to("config.json")
    add(store, folder, "within")
    assert (store.folder / "local" / "within" / "also.json").is_file()
    assert not (store.folder / "local" / "within" / "also.json").is_symlink()
    (tmp_path / "secret").write_text("secret")
    (folder / "vocabulary.txt").symlink_to(tmp_path / "secret")
    with pytest.raises(LinkLeadsOut, match="cp -rL"):
        add(store, folder, "outside")


@pytest.mark.parametrize("target", ["deep", "nothing", "linked"])
def test_a_link_to_no_file_is_refused_and_not_left_out(
    store: ModelStore, tmp_path: Path, target: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FIXTURES / "whisper-tiny", folder)
    (folder / "deep").mkdir()
    (folder / "linked").symlink_to(target)
    with pytest.raises(LinkUnusable, match="model/linked"):
        add(store, folder)
    assert store.installed() == ()


@pytest.fixture
def snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A model of the catalogue as the hub's client leaves it: links to blobs, and files nobody needs."""
    cache = tmp_path / "models--someone--known" / "snapshots" / ("a" * 40)
    blobs = cache.parents[1] / "blobs"
    cache.mkdir(parents=True)
    blobs.mkdir()
    (cache / "README.md").write_text("about it")
    for path in (FIXTURES / "whisper-tiny").iterdir():
        shutil.copyfile(path, blobs / sha256_of(path))
        (cache / path.name).symlink_to(blobs / sha256_of(path))
    files = {
        path.name: FileRecord(size=path.stat().st_size, sha256=sha256_of(path))
        for path in (FIXTURES / "whisper-tiny").iterdir()
    }
    entry = CatalogueEntry(
        name="known", family="whisper", repo="someone/known", revision="a" * 40, license="MIT", files=files
    )
    monkeypatch.setitem(CATALOGUE, "known", entry)
    return cache


def test_a_snapshot_of_the_hubs_client_is_known_by_its_checksums(store: ModelStore, snapshot: Path) -> None:
    manifest = add(store, snapshot)
    assert (manifest.name, manifest.family, manifest.revision) == ("known", "whisper", "a" * 40)
    assert store.place(manifest) == store.folder / CATALOGUE["known"].folder
    assert {path.name for path in store.place(manifest).iterdir()} == set(manifest.files)
    assert not any(path.is_symlink() for path in store.place(manifest).iterdir())


def test_a_known_model_may_be_called_otherwise(store: ModelStore, snapshot: Path) -> None:
    assert add(store, snapshot, "mine").repo is None
    assert store.find("mine", "whisper")


def test_links_out_of_the_hubs_cache_are_refused(store: ModelStore, snapshot: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (snapshot / "also").symlink_to(tmp_path / "secret")
    with pytest.raises(LinkLeadsOut):
        add(store, snapshot)


def test_a_model_that_lies_in_its_place_already_is_only_recorded(store: ModelStore) -> None:
    place = store.folder / "local" / "mine"
    shutil.copytree(FIXTURES / "whisper-tiny", place)
    before = {path.name: path.stat().st_ino for path in place.iterdir()}
    add(store, place)
    assert store.find("mine", "whisper")
    assert {path.name: path.stat().st_ino for path in place.iterdir()} == before


def test_an_installed_model_is_not_lost_when_its_own_folder_is_added(store: ModelStore) -> None:
    add(store, FIXTURES / "whisper-tiny", "mine")
    with pytest.raises(ModelExists):
        add(store, store.folder / "local" / "mine")
    assert store.find("mine", "whisper")


def test_what_an_earlier_try_left_is_replaced(store: ModelStore) -> None:
    for name in ("mine", ".mine.new"):
        (store.folder / "local" / name).mkdir(parents=True)
        (store.folder / "local" / name / "half").touch()
    manifest = add(store, FIXTURES / "whisper-tiny", "mine")
    assert {path.name for path in store.place(manifest).iterdir()} == set(manifest.files)
    assert [path.name for path in (store.folder / "local").iterdir()] == ["mine"]


def test_a_copy_that_went_wrong_leaves_nothing(store: ModelStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.copyfile", lambda _source, target: target.write_bytes(b"else"))
    with pytest.raises(CopyDiffers):
        add(store, FIXTURES / "whisper-tiny", "mine")
    assert list((store.folder / "local").iterdir()) == []
    assert store.manifests() == ()


@pytest.mark.parametrize("store_below", ["model/store", "."])
def test_a_folder_and_a_store_in_one_another_are_told_apart(tmp_path: Path, store_below: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(FIXTURES / "whisper-tiny", folder)
    with pytest.raises(FolderOverlapsStore, match="Copy the model to a folder elsewhere"):
        add(ModelStore(tmp_path / store_below), folder, "mine")
    assert (folder / "model.bin").is_file()
