"""The engine where it belongs: in a process of its own."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from scribe.evaluation.wer import word_error_rate
from scribe.settings import EngineSettings
from scribe_worker.engines.base import Plan, TranscribeRequest
from scribe_worker.engines.errors import EngineFailed, EngineUnavailable
from scribe_worker.engines.host import EngineProcess


def ignore(_share: float) -> None:
    pass


async def test_the_model_works_in_a_process_of_its_own_and_is_gone_afterwards(
    engine_settings: EngineSettings, plan: Plan, clip: Path, clip_text: str
) -> None:
    progress: list[float] = []
    process = await EngineProcess.start("transcriber", "faster-whisper", engine_settings, plan)
    await process.load()
    pid = process.pid

    result = await process.transcribe(TranscribeRequest(audio=clip), progress.append)
    await process.close()

    assert (process.info.name, process.info.model, process.info.device) == (
        "faster-whisper",
        "whisper-tiny",
        "cpu",
    )
    assert process.info.compute_type.startswith("int8")
    assert word_error_rate(clip_text, " ".join(word.text for word in result.words)) < 0.2
    assert progress
    assert progress == sorted(progress)
    assert not psutil.pid_exists(pid)


async def test_a_request_that_can_never_work_is_refused_for_good(
    engine_settings: EngineSettings, plan: Plan, clip: Path
) -> None:
    process = await EngineProcess.start("transcriber", "faster-whisper", engine_settings, plan)
    await process.load()
    try:
        with pytest.raises(EngineUnavailable, match="does not know tlh") as caught:
            await process.transcribe(TranscribeRequest(audio=clip, language="tlh"), ignore)
    finally:
        await process.close()

    assert caught.value.permanent


async def test_a_folder_without_a_model_fails_to_load(
    engine_settings: EngineSettings, plan: Plan, tmp_path: Path
) -> None:
    empty = plan.model_copy(update={"path": tmp_path})
    process = await EngineProcess.start("transcriber", "faster-whisper", engine_settings, empty)

    with pytest.raises(EngineFailed, match=r"model\.bin"):
        await process.load()


def test_asking_what_the_engine_can_do_imports_nothing_heavy() -> None:
    code = (
        "import sys; from scribe_worker.engines.whisper.engine import FasterWhisperTranscriber as engine;"
        "engine.unavailable();"
        "print(sorted({'torch', 'faster_whisper', 'ctranslate2', 'onnxruntime'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
