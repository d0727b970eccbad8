"""Recordings and settings for the tests of engines."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from scribe.models import ModelStore
from scribe.settings import EngineSettings, GpuSettings
from scribe_worker.engines.base import Machine
from scribe_worker.engines.registry import Registry
from scribe_worker.engines.residency import Residency

WriteFlac = Callable[[npt.NDArray[np.float32]], Path]


@pytest.fixture
def write_flac(tmp_path: Path) -> WriteFlac:
    def write(samples: npt.NDArray[np.float32]) -> Path:
        path = tmp_path / "audio.flac"
        pcm = (np.clip(samples, -1, 1) * 32767).astype(np.int16)
        with av.open(str(path), "w") as container:
            stream = container.add_stream("flac", rate=16_000, layout="mono")
            frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
            frame.sample_rate = 16_000
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    return write


@pytest.fixture
def recording(write_flac: WriteFlac) -> Path:
    """Twelve seconds of silence."""
    return write_flac(np.zeros(12 * 16_000, dtype=np.float32))


@pytest.fixture
def engine_settings() -> EngineSettings:
    return EngineSettings(start_timeout_s=60, silent_timeout_s=30, idle_timeout_s=60, threads=1)


@pytest.fixture
def models(tmp_path: Path) -> ModelStore:
    """No models."""
    return ModelStore(tmp_path / "models")


@pytest.fixture
def registry(models: ModelStore, engine_settings: EngineSettings) -> Registry:
    return Registry(models, engine_settings, Machine())


@pytest.fixture
async def residency(models: ModelStore, engine_settings: EngineSettings) -> AsyncIterator[Residency]:
    async with Residency(engine_settings, GpuSettings(), Machine(), models) as opened:
        yield opened
