"""Adding a model from a folder."""

import shutil
from pathlib import Path

import pytest

from scribe.models import ModelStore
from scribe.models.errors import LinkLeadsOut, ModelExists, ModelNameInvalid, NotAModel
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
