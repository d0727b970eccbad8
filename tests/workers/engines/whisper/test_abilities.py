import json
from pathlib import Path

import pytest

from scribe.models import InstalledModel
from scribe_worker.engines.whisper.engine import FasterWhisperTranscriber as Engine

TINY = Path(__file__).parents[3] / "fixtures" / "models" / "whisper-tiny"


def model(folder: Path, name: str, *, empty_token: bool, mels: int, layers: int) -> InstalledModel:
    """The small files of a model, as a converter writes them."""
    vocabulary = ["<|startoftranscript|>", "the", *([""] if empty_token else [])]
    (folder / "vocabulary.json").write_text(json.dumps(vocabulary))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": mels}))
    heads = [[layer, 0] for layer in range(layers // 2, layers)]
    (folder / "config.json").write_text(json.dumps({"alignment_heads": heads}))
    return InstalledModel(name=name, family="whisper", path=folder)


@pytest.mark.parametrize(
    ("name", "empty_token", "mels", "layers", "languages", "translation"),
    [
        ("large-v3", True, 128, 32, None, True),
        ("large-v3-turbo", True, 128, 4, None, False),
        ("our-finetuned-one", True, 128, 4, None, False),
        ("tiny", True, 80, 4, None, True),
        ("tiny.en", False, 80, 4, ("en",), False),
        ("distil-small", True, 80, 4, None, False),
    ],
)
def test_abilities_are_read_from_the_files_of_the_model(
    tmp_path: Path,
    name: str,
    empty_token: bool,
    mels: int,
    layers: int,
    languages: tuple[str, ...] | None,
    translation: bool,
) -> None:
    installed = model(tmp_path, name, empty_token=empty_token, mels=mels, layers=layers)

    able = Engine.capabilities(installed)

    assert (able.languages, able.translation) == (languages, translation)
    assert able.vocabulary
    assert able.word_times


def test_a_vocabulary_in_plain_text_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.txt").write_text("<|startoftranscript|>\nthe\n")

    assert Engine.capabilities(InstalledModel(name="old", family="whisper", path=tmp_path)).languages == (
        "en",
    )


def test_the_model_of_the_tests_counts_as_multilingual() -> None:
    able = Engine.capabilities(InstalledModel(name="whisper-tiny", family="whisper", path=TINY))

    assert able.languages is None
