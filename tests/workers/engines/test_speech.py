import itertools
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe.evaluation.reference import Reference
from scribe.media.decoding import AudioReader
from scribe_worker.engines.speech import (
    FRAME,
    FRAME_S,
    Sensitivity,
    channel_probabilities_of,
    probabilities_of,
    speech_regions,
    split_long,
)

DATA = Path(__file__).parents[2] / "data"

probabilities = st.lists(st.floats(0, 1, width=32), max_size=400).map(lambda p: np.array(p, dtype=np.float32))


def seconds(value: float) -> int:
    return round(value / FRAME_S)


def test_speech_is_found_with_its_padding_and_short_pauses_belong_to_it() -> None:
    heard = np.zeros(seconds(10), dtype=np.float32)
    heard[seconds(2) : seconds(4)] = 0.9
    heard[seconds(4.16) : seconds(6)] = 0.9

    (region,) = speech_regions(heard, 10.0, Sensitivity(min_silence=0.3, pad=0.1))

    assert region.start == pytest.approx(1.9, abs=FRAME_S)
    assert region.end == pytest.approx(6.1, abs=FRAME_S)


def test_speech_up_to_the_end_ends_with_the_recording() -> None:
    heard = np.full(seconds(3), 0.9, dtype=np.float32)

    assert speech_regions(heard, 2.95, Sensitivity())[0].end == 2.95


@given(probabilities, st.floats(0.1, 1), st.floats(0, 0.5))
def test_regions_are_sorted_apart_and_inside_the_recording(
    heard: np.ndarray, min_silence: float, pad: float
) -> None:
    duration = heard.size * FRAME_S

    regions = speech_regions(heard, duration, Sensitivity(min_silence=min_silence, pad=pad))

    assert all(0 <= region.start < region.end <= duration for region in regions)
    assert all(left.end < right.start for left, right in itertools.pairwise(regions))


@given(probabilities, st.floats(1, 5))
def test_cutting_long_regions_loses_no_speech(heard: np.ndarray, longest: float) -> None:
    regions = speech_regions(heard, heard.size * FRAME_S, Sensitivity(min_silence=0.2))

    parts = split_long(regions, heard, longest)

    assert all(0 < part.duration <= longest + FRAME_S for part in parts)
    assert sum(part.duration for part in parts) == pytest.approx(sum(region.duration for region in regions))


def test_a_long_region_is_cut_where_it_is_quietest() -> None:
    heard = np.full(seconds(20), 0.9, dtype=np.float32)
    heard[seconds(12)] = 0.4

    first, second = split_long(speech_regions(heard, 20.0, Sensitivity()), heard, 15)

    assert first.end == second.start == pytest.approx(12, abs=2 * FRAME_S)


@pytest.fixture
def noise(write_flac: Callable[[np.ndarray], Path]) -> Path:
    """Twelve seconds."""
    return write_flac(np.random.default_rng(0).normal(0, 0.05, 16_000 * 12).astype(np.float32))


def test_every_frame_has_a_probability_and_the_last_one_may_be_short(noise: Path) -> None:
    shares: list[float] = []

    with AudioReader(noise) as audio:
        found = probabilities_of(audio, shares.append)

    assert found.shape == (12 * 16_000 // FRAME,)
    assert ((found >= 0) & (found <= 1)).all()
    assert shares == [1.0]


def test_a_recording_longer_than_a_block_is_heard_the_same(
    noise: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with AudioReader(noise) as audio:
        whole = probabilities_of(audio)
        monkeypatch.setattr("scribe_worker.engines.speech._BLOCK_FRAMES", 130)

        assert np.abs(probabilities_of(audio) - whole).mean() < 0.01


def test_the_speech_of_the_sample_is_found() -> None:
    reference = Reference.load(DATA / "sample.json")
    with AudioReader(DATA / "sample.flac") as audio:
        found = probabilities_of(audio)

    times = (np.arange(found.size) + 0.5) * FRAME_S
    spoken = np.zeros(found.size, np.bool_)
    for turn in reference.turns:
        spoken |= (turn.start <= times) & (times < turn.end)
    assert found[spoken].mean() > 0.85
    assert found[~spoken].mean() < 0.3


def test_a_channel_is_heard_as_if_it_were_alone(tmp_path: Path) -> None:
    path = tmp_path / "two.flac"
    with AudioReader(DATA / "sample.flac") as audio:
        alone = probabilities_of(audio)
        samples = audio.read(0, audio.duration)
    write_stereo(path, samples, np.zeros_like(samples))

    with AudioReader(path) as audio:
        first, second = channel_probabilities_of(audio)

    assert first == pytest.approx(alone, abs=1e-5)
    assert second.max() < 0.1


class Watched(AudioReader):
    """Notes how much is asked for at once."""

    most = 0.0

    def read_channels(self, start: float, end: float) -> npt.NDArray[np.float32]:
        self.most = max(self.most, end - start)
        return super().read_channels(start, end)


def test_never_more_than_two_minutes_are_held(write_flac: Callable[[np.ndarray], Path]) -> None:
    with Watched(write_flac(np.zeros(300 * 16_000, dtype=np.float32))) as audio:
        assert probabilities_of(audio).size == 300 * 16_000 // FRAME
        assert audio.most <= 120


def write_stereo(path: Path, left: npt.NDArray[np.float32], right: npt.NDArray[np.float32]) -> None:
    pcm = (np.stack([left, right]).T * 32768).astype(np.int16)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=16_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate = 16_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
