"""A model on the command line is a name or a folder, and goes to the engine that takes its kind."""

import hashlib
from pathlib import Path
from typing import cast

import pytest

from scribe.models import FileRecord, ModelStore
from scribe.models.catalogue import CATALOGUE, CatalogueEntry
from scribe.models.errors import ModelBroken, ModelExists, ModelNotInstalled, ModelNotPulled, NotAModel
from scribe.settings import Settings
from stack.cli.choosing_models import chosen_models
from stack.cli.errors import ModelTwice


class Place:
    """The one setting that is read."""

    def __init__(self, folder: Path) -> None:
        self.models_folder = folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return cast("Settings", Place(tmp_path / "models"))


def whisper(folder: Path, name: str, content: str = "weights") -> str:
    place = folder / name
    place.mkdir(parents=True)
    for file in ("model.bin", "config.json", "tokenizer.json"):
        (place / file).write_text(content, encoding="utf-8")
    return str(place)


def pyannote(folder: Path, name: str) -> str:
    place = folder / name
    place.mkdir(parents=True)
    (place / "config.yaml").write_text("pipeline:\n  name: any\n", encoding="utf-8")
    return str(place)


def test_folders_are_added_and_told_apart_by_what_is_in_them(settings: Settings, tmp_path: Path) -> None:
    fields = chosen_models(settings, [pyannote(tmp_path, "voices"), whisper(tmp_path, "words")])
    assert fields == {"transcriber_model": "words", "diariser_model": "voices"}
    assert [model.name for model in ModelStore(settings.models_folder).installed()] == ["voices", "words"]


def test_a_folder_may_be_named_again_and_then_by_its_name(settings: Settings, tmp_path: Path) -> None:
    folder = whisper(tmp_path, "words")
    for named in (folder, folder, "words"):
        assert chosen_models(settings, [named]) == {"transcriber_model": "words"}


def test_another_folder_of_the_same_name_does_not_replace_the_model(
    settings: Settings, tmp_path: Path
) -> None:
    chosen_models(settings, [whisper(tmp_path / "one", "words")])
    with pytest.raises(ModelExists):
        chosen_models(settings, [whisper(tmp_path / "two", "words", "others")])


def test_two_models_for_one_engine_are_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelTwice, match="one and two"):
        chosen_models(settings, [whisper(tmp_path, "one"), whisper(tmp_path, "two")])


def test_what_is_neither_installed_nor_a_model_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ModelNotInstalled, match="large-v9"):
        chosen_models(settings, ["large-v9"])
    with pytest.raises(NotAModel, match="files of neither kind"):
        chosen_models(settings, [str(tmp_path)])


def test_a_model_that_can_be_pulled_says_how(settings: Settings) -> None:
    with pytest.raises(ModelNotPulled, match=r"run `\./manage\.sh models pull large-v3`"):
        chosen_models(settings, ["large-v3"])


@pytest.mark.parametrize("named", ["./large-v3", "some/where", "/nowhere/at/all/"])
def test_a_path_to_nothing_is_told_to_be_one(settings: Settings, named: str) -> None:
    with pytest.raises(NotAModel, match=f"{named} is no model: there is no such folder"):
        chosen_models(settings, [named])


def test_a_damaged_model_says_what_is_wrong_with_it(settings: Settings, tmp_path: Path) -> None:
    folder = whisper(tmp_path, "words")
    chosen_models(settings, [folder])
    (settings.models_folder / "local" / "words" / "model.bin").unlink()
    for named in ("words", folder):
        with pytest.raises(ModelBroken, match=r"words cannot be used.*\(model\.bin\)"):
            chosen_models(settings, [named])


def test_a_folder_of_a_known_model_goes_by_the_models_own_name(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(whisper(tmp_path, "snapshot"))
    record = FileRecord(size=7, sha256=hashlib.sha256(b"weights").hexdigest())
    files = dict.fromkeys(("model.bin", "config.json", "tokenizer.json"), record)
    entry = CatalogueEntry(
        name="known", family="whisper", repo="someone/known", revision="a" * 40, license="MIT", files=files
    )
    monkeypatch.setitem(CATALOGUE, "known", entry)
    (folder / "README.md").write_text("about it")
    for _ in range(2):
        assert chosen_models(settings, [str(folder)]) == {"transcriber_model": "known"}
