"""The stand-in for community-1 is a pipeline that the real engine loads and runs."""

from collections.abc import Callable
from pathlib import Path

from gpu.random_pyannote import DIMENSION, write_random_pyannote
from scribe.models import InstalledModel
from scribe.settings import EngineSettings
from scribe_worker.engines.base import DiariseRequest, Machine, Wish
from scribe_worker.engines.host import EngineProcess
from scribe_worker.engines.pyannote_audio.engine import PyannoteDiariser


async def test_the_networks_of_community_1_with_random_weights_run(
    tmp_path: Path, cut: Callable[[float, float], Path], patient_settings: EngineSettings
) -> None:
    write_random_pyannote(tmp_path)
    model = InstalledModel(name="community-1", family="pyannote", path=tmp_path)
    plan = PyannoteDiariser.plan(model, Wish(), Machine())
    engine = await EngineProcess.start("diariser", "pyannote", patient_settings, plan)
    try:
        await engine.load()
        result = await engine.diarise(DiariseRequest(audio=cut(0, 4)), lambda _: None)
    finally:
        await engine.close()

    assert [turn.speaker for turn in result.turns] == [0]
    assert [len(voice) for voice in result.embeddings] == [DIMENSION]
