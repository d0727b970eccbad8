"""Tests on a real GPU: they are collected only where there is one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gpu.random_pyannote import write_random_pyannote
from gpu.random_whisper import LARGE_V3, write_random_whisper
from scribe.models import InstalledModel, ModelStore
from scribe.settings import EngineSettings, GpuSettings
from scribe_worker.engines.gpu_memory import budget_mib

collect_ignore_glob = [] if budget_mib(GpuSettings()) else ["test_*.py"]


@pytest.fixture(scope="session")
def large_v3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InstalledModel]:
    """The architecture of Whisper large-v3, 3 GB of it, with random weights."""
    folder = tmp_path_factory.mktemp("large-v3")
    write_random_whisper(folder, LARGE_V3)
    yield InstalledModel(name="large-v3", family="whisper", path=folder)
    (folder / "model.bin").unlink()


@pytest.fixture(scope="session")
def community_1(tmp_path_factory: pytest.TempPathFactory) -> InstalledModel:
    """The networks of community-1 with random weights."""
    folder = tmp_path_factory.mktemp("community-1")
    write_random_pyannote(folder)
    return InstalledModel(name="community-1", family="pyannote", path=folder)


@pytest.fixture
def models(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


@pytest.fixture
def engine_settings() -> EngineSettings:
    return EngineSettings(idle_timeout_s=600)
