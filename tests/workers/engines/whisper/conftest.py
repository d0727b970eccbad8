"""The real tiny model, loaded once a module, and recordings that it can follow."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scribe.evaluation.reference import Reference
from scribe.media.decoding import AudioReader
from scribe.models import InstalledModel
from scribe_worker.engines.base import Machine, Plan, Wish
from scribe_worker.engines.whisper.decoder import Decoder
from scribe_worker.engines.whisper.engine import FasterWhisperTranscriber

TESTS = Path(__file__).parents[3]
MEETING = TESTS / "data" / "whisper-meeting.flac"
CLIP_S = 9.6


@pytest.fixture(scope="session")
def tiny() -> InstalledModel:
    folder = TESTS / "fixtures" / "models" / "whisper-tiny"
    return InstalledModel(name="whisper-tiny", family="whisper", path=folder)


@pytest.fixture(scope="session")
def plan(tiny: InstalledModel) -> Plan:
    return FasterWhisperTranscriber.plan(tiny, Wish(), Machine())


@pytest.fixture(scope="module")
def engine(plan: Plan) -> FasterWhisperTranscriber:
    loaded = FasterWhisperTranscriber()
    loaded.load(plan, 1)
    return loaded


@pytest.fixture(scope="module")
def decoder(plan: Plan) -> Decoder:
    return Decoder(plan, 1)


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference.load(MEETING.with_suffix(".json"))


@pytest.fixture
def meeting() -> Path:
    return MEETING


@pytest.fixture
def clip(write_flac: Callable[..., Path]) -> Path:
    """The first sentences of the meeting."""
    with AudioReader(MEETING) as audio:
        return write_flac(audio.read(0, CLIP_S))


@pytest.fixture
def clip_text(reference: Reference) -> str:
    return " ".join(word.text for word in reference.words if word.end < CLIP_S)


@pytest.fixture
def clips_apart(write_flac: Callable[..., Path]) -> Path:
    """The same sentences from 0, 15.6 and 31.2 s on, with six seconds without any sound between them."""
    with AudioReader(MEETING) as audio:
        samples = audio.read(0, CLIP_S)
    pause = np.zeros(6 * 16_000, np.float32)
    return write_flac(np.concatenate([samples, pause, samples, pause, samples]))


@pytest.fixture
def hum(write_flac: Callable[..., Path]) -> Path:
    """Ten seconds of the mains: 50 Hz and two harmonics."""
    time = np.arange(160_000) / 16_000
    pitches, levels = np.array([[50.0], [100.0], [150.0]]), np.array([[0.1], [0.05], [0.03]])
    return write_flac((levels * np.sin(2 * np.pi * pitches * time)).sum(axis=0).astype(np.float32))
