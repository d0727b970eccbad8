"""The genuine pyannote.audio, with a small model, on the sample meeting."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import pytest_asyncio

from scribe.evaluation.der import diarisation_error_rate
from scribe.evaluation.reference import Reference, SpeakerTurn
from scribe_worker.engines.base import Diarisation, DiariseRequest, EngineInfo, Turn
from scribe_worker.engines.errors import EngineUnavailable
from scribe_worker.engines.host import EngineProcess

pytestmark = pytest.mark.asyncio(loop_scope="module")

Cut = Callable[[float, float], Path]


@dataclass(frozen=True)
class Run:
    """A result, and the progress that was reported on the way."""

    result: Diarisation
    progress: list[float]


async def run(diariser: EngineProcess, request: DiariseRequest) -> Run:
    progress: list[float] = []
    return Run(await diariser.diarise(request, progress.append), progress)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def at_once(diariser: EngineProcess, sample: Path) -> Run:
    return await run(diariser, DiariseRequest(audio=sample))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def in_chunks(diariser: EngineProcess, sample: Path) -> Run:
    return await run(diariser, DiariseRequest(audio=sample, options={"pyannote": {"chunk_s": 25}}))


def heard(turns: tuple[Turn, ...]) -> list[SpeakerTurn]:
    return [SpeakerTurn(start=turn.start, end=turn.end, speaker=str(turn.speaker)) for turn in turns]


def overlap(turns: tuple[Turn, ...]) -> float:
    return max(before.end - after.start for before, after in pairwise(turns))


async def test_it_says_what_it_is(diariser: EngineProcess) -> None:
    expected = EngineInfo(name="pyannote", model="pyannote-tiny", device="cpu", compute_type="float32")

    assert diariser.info == expected


async def test_the_four_speakers_of_the_sample_are_told_apart(at_once: Run, reference: Reference) -> None:
    assert diarisation_error_rate(reference.turns, heard(at_once.result.turns)) < 0.15
    assert diarisation_error_rate(reference.turns, heard(at_once.result.exclusive)) < 0.15
    assert list(dict.fromkeys(turn.speaker for turn in at_once.result.turns)) == [0, 1, 2, 3]
    assert at_once.result.warnings == ()


async def test_turns_overlap_where_people_do_and_exclusive_ones_never(at_once: Run, in_chunks: Run) -> None:
    assert overlap(at_once.result.turns) > 0
    assert overlap(at_once.result.exclusive) <= 0
    assert overlap(in_chunks.result.exclusive) <= 0


async def test_every_turn_lies_inside_the_recording(at_once: Run, reference: Reference) -> None:
    assert max(turn.end for turn in at_once.result.turns) <= reference.duration
    assert all(turn.end > turn.start for turn in (*at_once.result.turns, *at_once.result.exclusive))


async def test_there_is_one_embedding_of_unit_length_a_speaker(at_once: Run) -> None:
    embeddings = np.array(at_once.result.embeddings)

    assert embeddings.shape == (4, 64)
    assert np.linalg.norm(embeddings, axis=1) == pytest.approx([1.0] * 4)


async def test_progress_only_grows_and_ends_near_one(at_once: Run) -> None:
    assert at_once.progress == sorted(at_once.progress)
    assert len(set(at_once.progress)) > 5
    assert 0.9 < at_once.progress[-1] <= 1


async def test_progress_never_steps_back_where_a_chunk_begins_again(in_chunks: Run) -> None:
    assert in_chunks.progress == sorted(in_chunks.progress)
    assert 0.9 < in_chunks.progress[-1] <= 1


async def test_in_chunks_the_speakers_are_the_same_throughout(
    at_once: Run, in_chunks: Run, reference: Reference
) -> None:
    assert diarisation_error_rate(heard(at_once.result.turns), heard(in_chunks.result.turns)) < 0.1
    assert diarisation_error_rate(reference.turns, heard(in_chunks.result.turns)) < 0.15


async def test_the_voices_from_chunks_are_the_voices_of_the_whole(at_once: Run, in_chunks: Run) -> None:
    likeness = np.array(at_once.result.embeddings) @ np.array(in_chunks.result.embeddings).T

    assert np.diag(likeness) == pytest.approx([1.0] * 4, abs=0.1)


async def test_a_known_number_of_speakers_is_kept_in_one_go(diariser: EngineProcess, cut: Cut) -> None:
    three_people = cut(0, 24)

    found = await run(diariser, DiariseRequest(audio=three_people, speakers=2))

    assert len(found.result.embeddings) == len({turn.speaker for turn in found.result.turns}) == 2


async def test_a_maximum_holds_for_all_chunks_together(diariser: EngineProcess, cut: Cut) -> None:
    four_people = cut(8, 37)
    chunks = {"pyannote": {"chunk_s": 20}}

    found = await run(diariser, DiariseRequest(audio=four_people, max_speakers=3, options=chunks))

    assert {turn.speaker for turn in found.result.turns} == {0, 1, 2}
    assert len(found.result.embeddings) == 3


async def test_more_speakers_than_can_be_found_are_an_answer_with_a_notice(
    diariser: EngineProcess, cut: Cut
) -> None:
    found = await run(diariser, DiariseRequest(audio=cut(0, 12), speakers=40))

    assert found.result.turns
    assert [notice.code for notice in found.result.warnings] == ["SPEAKERS_UNLIKE_ASKED"]


async def test_half_a_second_is_long_enough(diariser: EngineProcess, cut: Cut) -> None:
    found = await run(diariser, DiariseRequest(audio=cut(1, 1.5)))

    assert [turn.speaker for turn in found.result.turns] == [0]
    assert found.result.turns[0].end <= 0.5
    assert np.isfinite(found.result.embeddings).all()


async def test_a_thousandth_of_a_second_is_no_speech(diariser: EngineProcess, cut: Cut) -> None:
    found = await run(diariser, DiariseRequest(audio=cut(1, 1.001)))

    assert found.result.turns == ()


async def test_silence_has_no_turns_and_says_so(
    diariser: EngineProcess, write_flac: Callable[[npt.NDArray[np.float32]], Path]
) -> None:
    silence = write_flac(np.zeros(12 * 16_000, dtype=np.float32))

    result = (await run(diariser, DiariseRequest(audio=silence))).result

    assert (result.turns, result.exclusive, result.embeddings) == ((), (), ())
    assert [notice.code for notice in result.warnings] == ["NO_SPEECH"]


async def test_a_wrong_option_is_an_error_that_names_it_and_the_model_stays_loaded(
    diariser: EngineProcess, sample: Path
) -> None:
    with pytest.raises(EngineUnavailable, match="beam"):
        await run(diariser, DiariseRequest(audio=sample, options={"pyannote": {"beam": 5}}))

    assert diariser.alive


async def test_a_threshold_holds_for_one_request_only(diariser: EngineProcess, cut: Cut) -> None:
    two_people = cut(0, 16)
    plain = DiariseRequest(audio=two_people)
    joining = DiariseRequest(audio=two_people, options={"pyannote": {"threshold": 2.0}})

    speakers = [len((await run(diariser, request)).result.embeddings) for request in (joining, plain)]

    assert speakers == [1, 2]
