"""The stand-in for a full-size Whisper is one that the real engine loads and runs."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pydantic import JsonValue

from gpu.random_whisper import Architecture, write_random_whisper
from scribe.media.decoding import AudioReader
from scribe.models import InstalledModel
from scribe.settings import REPOSITORY, EngineSettings
from scribe_worker.engines.base import Machine, TranscribeRequest, Wish
from scribe_worker.engines.host import EngineProcess
from scribe_worker.engines.whisper.engine import FasterWhisperTranscriber

WriteFlac = Callable[[npt.NDArray[np.float32]], Path]

FIRST_TRY_ONLY: dict[str, JsonValue] = {"faster-whisper": {"temperature": 0, "beam_size": 1}}


async def test_a_small_whisper_with_random_weights_runs(tmp_path: Path, write_flac: WriteFlac) -> None:
    with AudioReader(REPOSITORY / "tests/data/sample.flac") as audio:
        few_words = write_flac(audio.read(0, 4))
    write_random_whisper(tmp_path, Architecture(layers=2, width=64, heads=2, mels=128))
    model = InstalledModel(name="random", family="whisper", path=tmp_path)
    plan = FasterWhisperTranscriber.plan(model, Wish(), Machine())
    engine = await EngineProcess.start("transcriber", "faster-whisper", EngineSettings(threads=1), plan)
    try:
        await engine.load()
        request = TranscribeRequest(audio=few_words, language="fr", options=FIRST_TRY_ONLY)
        result = await engine.transcribe(request, lambda _: None)
    finally:
        await engine.close()

    assert result.language == "fr"
