"""The small pipeline of the tests, and the sample meeting."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import av
import numpy as np
import pytest
import pytest_asyncio

from scribe.evaluation.reference import Reference
from scribe.media.decoding import AudioReader
from scribe.media.info import SAMPLE_RATE
from scribe.settings import EngineSettings
from scribe_worker.engines.base import Plan
from scribe_worker.engines.host import EngineProcess

Cut = Callable[[float, float], Path]
"""Seconds of the sample, from and to, as a recording of its own."""

TESTS = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def model() -> Path:
    return TESTS / "fixtures" / "models" / "pyannote-tiny"


@pytest.fixture(scope="session")
def sample() -> Path:
    return TESTS / "data" / "sample.flac"


@pytest.fixture(scope="session")
def cut(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Cut:
    def cut(start: float, end: float) -> Path:
        path = tmp_path_factory.mktemp("cut") / "audio.flac"
        with AudioReader(sample) as audio:
            pcm = np.rint(audio.read(start, end) * 32_768).astype(np.int16)
        with av.open(str(path), "w") as container:
            stream = container.add_stream("flac", rate=SAMPLE_RATE, layout="mono")
            frame = av.AudioFrame.from_ndarray(pcm[None], format="s16", layout="mono")
            frame.sample_rate = SAMPLE_RATE
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    return cut


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference.load(TESTS / "data" / "sample.json")


@pytest.fixture(scope="session")
def patient_settings() -> EngineSettings:
    """Importing torch on a busy machine takes its time."""
    return EngineSettings(start_timeout_s=240, silent_timeout_s=120, threads=1)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def diariser(model: Path, patient_settings: EngineSettings) -> AsyncIterator[EngineProcess]:
    """The engine in a process of its own, for all tests of a module."""
    plan = Plan(model="pyannote-tiny", path=model, compute_type="float32", batch_size=16)
    process = await EngineProcess.start("diariser", "pyannote", patient_settings, plan)
    try:
        await process.load()
        yield process
    finally:
        await process.close()
