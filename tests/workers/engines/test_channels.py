"""Diarisation by channel, on the voices of the sample meeting laid out on microphones of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from recordings import heard
from scribe.evaluation.der import diarisation_error_rate
from scribe.evaluation.reference import Reference, SpeakerTurn
from scribe_worker.engines.base import Diarisation, DiariseRequest, Plan, Turn
from scribe_worker.engines.channels import ChannelDiariser
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.errors import EngineFailed
from scribe_worker.engines.residency import Residency

DATA = Path(__file__).parents[2] / "data"
RATE = 16_000
LAYOUTS = {1: "mono", 2: "stereo", 3: "3.0", 4: "quad", 8: "7.1"}

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Session:
    """Every channel as its microphone recorded it, float32 [channels, n], and who really spoke when."""

    channels: Samples
    turns: list[SpeakerTurn]


Stage = Callable[..., Session]
Listen = Callable[[Samples], Diarisation]


def ignore(_fraction: float) -> None:
    pass


@pytest.fixture(scope="session")
def utterances() -> list[tuple[str, Samples]]:
    """The sample's first turns, in which all four speak: who, and the sound."""
    reference = Reference.load(DATA / "sample.json")
    samples = heard(DATA / "sample.flac")
    return [
        (turn.speaker, samples[round(turn.start * RATE) : round(turn.end * RATE)])
        for turn in reference.turns[:6]
    ]


@pytest.fixture
def stage(utterances: list[tuple[str, Samples]]) -> Stage:
    """Let the voices speak one after the other into ``count`` microphones."""

    def perform(
        count: int,
        *,
        leak_db: float = -20.0,
        late: int = 0,
        overlap: float = 0.0,
        gains: tuple[float, ...] = (1.0,),
        microphones: int | None = None,
    ) -> Session:
        """leak_db, late: how every voice arrives at the other microphones, the latter in samples

        overlap: share of an utterance in which the next one begins; microphones: idle ones included
        """
        names = list(dict.fromkeys(name for name, _ in utterances))
        placed: list[tuple[int, int, Samples]] = []
        begin = RATE // 2
        for name, clip in utterances:
            placed.append((names.index(name) % count, begin, clip))
            begin += round(clip.size * (1 - overlap)) + RATE // 4 * (overlap == 0)
        length = max(start + clip.size for _, start, clip in placed) + RATE
        noise = np.random.default_rng(1).normal(0, 0.001, (microphones or count, length))
        channels = noise.astype(np.float32)
        for own, start, clip in placed:
            for channel, track in enumerate(channels):
                at, share = (start, 1.0) if channel == own else (start + late, 10 ** (leak_db / 20))
                track[at : at + clip.size] += share * clip
        channels *= np.resize(np.array(gains, np.float32), len(channels))[:, None]
        turns = [
            SpeakerTurn(start=start / RATE, end=(start + clip.size) / RATE, speaker=str(own))
            for own, start, clip in placed
        ]
        return Session(channels, turns)

    return perform


@pytest.fixture
def write_channels(tmp_path: Path) -> Callable[[Samples], Path]:
    def write(channels: Samples) -> Path:
        path = tmp_path / "channels.flac"
        pcm = (np.clip(channels, -1, 1) * 32767).astype(np.int16)
        layout = LAYOUTS[len(pcm)]
        with av.open(str(path), "w") as container:
            stream = container.add_stream("flac", rate=RATE, layout=layout)
            packed = np.ascontiguousarray(pcm.T).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
            frame.sample_rate = RATE
            container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    return write


@pytest.fixture
def listen(write_channels: Callable[[Samples], Path]) -> Listen:
    def run(channels: Samples) -> Diarisation:
        engine = ChannelDiariser()
        engine.load(Plan(), 1)
        path = write_channels(channels)
        return engine.diarise(DiariseRequest(audio=path, channels=path), ignore)

    return run


def error_rate(session: Session, turns: tuple[Turn, ...]) -> float:
    found = [SpeakerTurn(start=turn.start, end=turn.end, speaker=str(turn.speaker)) for turn in turns]
    return diarisation_error_rate(session.turns, found)


def speakers_of(turns: tuple[Turn, ...]) -> list[int]:
    """In the order in which they are first heard."""
    return list(dict.fromkeys(turn.speaker for turn in turns))


@pytest.mark.parametrize("count", [2, 4])
@pytest.mark.parametrize(("leak_db", "late"), [(-20.0, 0), (-20.0, 80), (-8.0, 40)])
def test_each_speaker_has_the_channel_of_his_microphone(
    stage: Stage, listen: Listen, count: int, leak_db: float, late: int
) -> None:
    session = stage(count, leak_db=leak_db, late=late)

    result = listen(session.channels)

    assert error_rate(session, result.turns) < 0.1
    assert speakers_of(result.turns) == list(range(count))
    assert result.warnings == ()


def test_those_who_speak_at_once_are_both_heard(stage: Stage, listen: Listen) -> None:
    session = stage(4, late=40, overlap=0.3)

    result = listen(session.channels)

    assert error_rate(session, result.turns) < 0.1
    assert sum(after.start < before.end - 0.5 for before, after in pairwise(result.turns)) == 5


def test_exclusive_turns_give_each_moment_to_one_of_those_who_speak(stage: Stage, listen: Listen) -> None:
    result = listen(stage(4, late=40, overlap=0.3).channels)

    assert all(before.end <= after.start for before, after in pairwise(result.exclusive))
    for turn in result.exclusive:
        assert any(
            whole.speaker == turn.speaker
            and whole.start - 0.001 <= turn.start
            and turn.end <= whole.end + 0.001
            for whole in result.turns
        )
    assert {turn.speaker for turn in result.exclusive} == {0, 1, 2, 3}


def test_who_is_louder_for_a_speaker_of_his_channel_has_the_exclusive_turn(
    stage: Stage, listen: Listen
) -> None:
    session = stage(2)
    loud, soft = session.channels[0], session.channels[0] * 0.3
    half = loud.size // 2
    second = np.concatenate([np.roll(soft, RATE)[:half], np.roll(loud, RATE)[half:]])
    first = np.concatenate([loud[:half], soft[half:]])

    result = listen(np.stack([first, second]))

    middle = half / RATE
    before = sum(t.end - t.start for t in result.exclusive if t.speaker == 0 and t.end < middle)
    after = sum(t.end - t.start for t in result.exclusive if t.speaker == 0 and t.start > middle)
    assert before > 2 * after


def test_microphones_that_are_set_differently_lose_nobody(stage: Stage, listen: Listen) -> None:
    session = stage(4, overlap=0.3, gains=(0.25, 1.0, 1.0, 0.25))

    assert error_rate(session, listen(session.channels).turns) < 0.1


def test_microphones_without_a_speaker_are_none(stage: Stage, listen: Listen) -> None:
    session = stage(2, late=40, microphones=8)
    session.channels[7] = 0

    result = listen(session.channels)

    assert error_rate(session, result.turns) < 0.1
    assert speakers_of(result.turns) == [0, 1]


def test_a_voice_that_only_leaks_into_the_other_microphone_is_one_speaker(
    stage: Stage, listen: Listen
) -> None:
    session = stage(1, late=50, microphones=2)

    result = listen(session.channels)

    assert error_rate(session, result.turns) < 0.1
    assert speakers_of(result.turns) == [0]


def test_channels_that_hold_the_same_sound_are_one_speaker_and_it_is_said(
    stage: Stage, listen: Listen
) -> None:
    mono = stage(1).channels[0]

    result = listen(np.stack([mono, mono * 0.5]))

    assert speakers_of(result.turns) == [0]
    (notice,) = result.warnings
    assert notice.code == "CHANNELS_IDENTICAL"
    assert "Channels 1 and 2" in notice.message


def test_a_copy_of_a_channel_adds_no_speaker(stage: Stage, listen: Listen) -> None:
    session = stage(2)

    result = listen(session.channels[[0, 1, 0]])

    assert error_rate(session, result.turns) < 0.1
    assert [notice.code for notice in result.warnings] == ["CHANNELS_IDENTICAL"]


def test_silent_channels_have_no_turns_and_say_so(listen: Listen) -> None:
    result = listen(np.zeros((2, 5 * RATE), np.float32))

    assert (result.turns, result.exclusive) == ((), ())
    assert [notice.code for notice in result.warnings] == ["NO_SPEECH"]


async def test_it_runs_in_a_process_of_its_own_like_every_engine(
    stage: Stage, write_channels: Callable[[Samples], Path], residency: Residency
) -> None:
    session = stage(2)
    path = write_channels(session.channels)
    progress: list[float] = []

    async with residency.use(Choice("diariser", "channels")) as loan:
        result = await loan.engine.diarise(DiariseRequest(audio=path, channels=path), progress.append)
        info = loan.engine.info

    assert error_rate(session, result.turns) < 0.1
    assert progress == sorted(progress)
    assert (info.name, info.device) == ("channels", "cpu")


async def test_without_channels_it_fails_with_the_reason(residency: Residency) -> None:
    async with residency.use(Choice("diariser", "channels")) as loan:
        with pytest.raises(EngineFailed, match="channels were not given"):
            await loan.engine.diarise(DiariseRequest(audio=DATA / "sample.flac"), ignore)
