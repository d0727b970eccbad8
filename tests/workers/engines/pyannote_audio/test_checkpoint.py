"""Which folders are loaded at all."""

import shutil
from pathlib import Path

import pytest

from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.pyannote_audio.checkpoint import check


@pytest.fixture
def folder(model: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(model, tmp_path / "mine"))


def rewrite(folder: Path, old: str, new: str) -> None:
    config = folder / "config.yaml"
    before = config.read_text()
    config.write_text(before.replace(old, new))
    assert config.read_text() != before


def test_the_model_of_the_tests_may_be_loaded(model: Path) -> None:
    check(model)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("    plda: $model/plda\n", "", "plda"),
        ("$model/plda", "pyannote/speaker-diarization-community-1", "plda"),
        ("$model/segmentation", "$model/../segmentation", "segmentation"),
        ("$model/embedding", "/models/embedding", "embedding"),
        ("$model/embedding", "$model/embedding@main", "embedding"),
        ("pyannote.audio.pipelines.SpeakerDiarization", "os.system", "name"),
        ("VBxClustering", "OracleClustering", "clustering"),
        ("pipeline:\n", "preprocessors:\n  audio:\n    name: os.system\npipeline:\n", "preprocessors"),
        ("pipeline:\n", "pipeline: [\n", "cannot be used"),
    ],
)
def test_a_config_that_leads_elsewhere_is_refused(folder: Path, old: str, new: str, named: str) -> None:
    rewrite(folder, old, new)

    with pytest.raises(EngineUnavailable) as refused:
        check(folder)

    assert named in str(refused.value)
    assert "mine" in str(refused.value)


@pytest.mark.parametrize(
    "lost", ["config.yaml", "segmentation/pytorch_model.bin", "plda/plda.npz", "plda/xvec_transform.npz"]
)
def test_a_folder_that_lacks_a_part_is_refused_before_anything_is_fetched(folder: Path, lost: str) -> None:
    (folder / lost).unlink()

    with pytest.raises(EngineUnavailable, match=Path(lost).name):
        check(folder)
