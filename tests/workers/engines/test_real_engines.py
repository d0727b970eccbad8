"""The engines that need no network, on the project's own sample meeting and on silence."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest

from scribe.evaluation.der import diarisation_error_rate
from scribe.evaluation.reference import Reference, SpeakerTurn
from scribe.evaluation.wer import word_error_rate
from scribe_worker.engines.base import DiariseRequest, Plan, TranscribeRequest
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.errors import EngineBroken, EngineCrashed
from scribe_worker.engines.pocketsphinx import PocketSphinxTranscriber
from scribe_worker.engines.residency import Residency

DATA = Path(__file__).parents[2] / "data"
SAMPLE = DATA / "sample.flac"


def ignore(_fraction: float) -> None:
    pass


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference.load(DATA / "sample.json")


@pytest.fixture
def silence(write_flac: Callable[..., Path]) -> Path:
    return write_flac(np.zeros(16_000 * 5, dtype=np.float32))


async def test_pocketsphinx_writes_the_sample_down(residency: Residency, reference: Reference) -> None:
    progress: list[float] = []

    async with residency.use(Choice("transcriber", "pocketsphinx")) as loan:
        result = await loan.engine.transcribe(TranscribeRequest(audio=SAMPLE, language="en"), progress.append)

    assert word_error_rate(reference.text, " ".join(word.text for word in result.words)) < 0.15
    assert result.warnings == ()
    assert progress == sorted(progress)
    starts = [word.start for word in result.words]
    assert starts == sorted(starts)
    assert result.words[-1].end <= reference.duration


async def test_ge2e_tells_the_four_speakers_of_the_sample_apart(
    residency: Residency, reference: Reference
) -> None:
    async with residency.use(Choice("diariser", "ge2e")) as loan:
        result = await loan.engine.diarise(DiariseRequest(audio=SAMPLE), ignore)

    heard = [
        SpeakerTurn(start=turn.start, end=turn.end, speaker=str(turn.speaker)) for turn in result.exclusive
    ]
    assert diarisation_error_rate(reference.turns, heard) < 0.25
    assert np.linalg.norm(result.embeddings, axis=1) == pytest.approx([1.0] * 4)
    assert list(dict.fromkeys(turn.speaker for turn in result.turns)) == [0, 1, 2, 3]


async def test_ge2e_keeps_to_a_number_of_speakers_that_is_known(residency: Residency) -> None:
    async with residency.use(Choice("diariser", "ge2e")) as loan:
        result = await loan.engine.diarise(DiariseRequest(audio=SAMPLE, speakers=2), ignore)

    assert {turn.speaker for turn in result.turns} == {0, 1}


async def test_silence_has_no_words_and_says_so(residency: Residency, silence: Path) -> None:
    async with residency.use(Choice("transcriber", "pocketsphinx")) as loan:
        result = await loan.engine.transcribe(TranscribeRequest(audio=silence), ignore)

    assert result.words == ()
    assert [notice.code for notice in result.warnings] == ["NO_SPEECH"]


async def test_silence_has_no_turns_and_says_so(residency: Residency, silence: Path) -> None:
    async with residency.use(Choice("diariser", "ge2e")) as loan:
        result = await loan.engine.diarise(DiariseRequest(audio=silence), ignore)

    assert (result.turns, result.exclusive, result.embeddings) == ((), (), ())
    assert [notice.code for notice in result.warnings] == ["NO_SPEECH"]


async def test_pocketsphinx_says_that_it_knows_no_french(residency: Residency, silence: Path) -> None:
    async with residency.use(Choice("transcriber", "pocketsphinx")) as loan:
        result = await loan.engine.transcribe(TranscribeRequest(audio=silence, language="fr"), ignore)

    assert "LANGUAGE_UNSUPPORTED" in [notice.code for notice in result.warnings]


async def test_none_gives_everything_to_one_speaker_and_says_so(residency: Residency, silence: Path) -> None:
    async with residency.use(Choice("diariser", "none")) as loan:
        result = await loan.engine.diarise(DiariseRequest(audio=silence), ignore)

    assert [(turn.start, turn.end, turn.speaker) for turn in result.turns] == [(0, 5, 0)]
    assert [notice.code for notice in result.warnings] == ["NOT_DIARISED"]


async def test_a_decoder_that_is_killed_is_a_crash_and_leaves_nothing_behind(residency: Residency) -> None:
    at_work = asyncio.Event()

    async def transcribe() -> list[psutil.Process]:
        async with residency.use(Choice("transcriber", "pocketsphinx")) as loan:
            decoders = psutil.Process(loan.engine.pid).children()
            kill = asyncio.create_task(kill_one(decoders))
            with pytest.raises(EngineCrashed):
                await loan.engine.transcribe(TranscribeRequest(audio=SAMPLE), lambda _: at_work.set())
            await kill
            return decoders

    async def kill_one(decoders: list[psutil.Process]) -> None:
        await at_work.wait()
        os.kill(decoders[-1].pid, signal.SIGKILL)

    decoders = await transcribe()

    _, alive = await asyncio.to_thread(psutil.wait_procs, decoders, 5)
    assert alive == []


def test_a_pool_that_lost_a_decoder_is_broken_whenever_that_is_noticed() -> None:
    engine = PocketSphinxTranscriber()
    engine.load(Plan(), 1)
    (decoder,) = multiprocessing.active_children()
    decoder.kill()

    for _ in range(2):
        with pytest.raises(EngineBroken, match="decoder"):
            engine.transcribe(TranscribeRequest(audio=SAMPLE), ignore)


async def test_cancelling_ends_the_decoders_too(residency: Residency) -> None:
    at_work = asyncio.Event()
    decoders: list[psutil.Process] = []

    async def transcribe() -> None:
        async with residency.use(Choice("transcriber", "pocketsphinx")) as loan:
            decoders.extend(psutil.Process(loan.engine.pid).children())
            await loan.engine.transcribe(TranscribeRequest(audio=SAMPLE), lambda _: at_work.set())

    working = asyncio.create_task(transcribe())
    await at_work.wait()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working

    _, alive = await asyncio.to_thread(psutil.wait_procs, decoders, 5)
    assert decoders
    assert alive == []
