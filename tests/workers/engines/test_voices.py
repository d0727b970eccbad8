"""Describing voices, a stretch of the recording at a time."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from scribe.media.decoding import AudioReader
from scribe_worker.engines.ge2e_encoder import VoiceEncoder, weights
from scribe_worker.engines.speech import Region
from scribe_worker.engines.voices import Window, cut, describe

SAMPLE = Path(__file__).parents[2] / "data" / "sample.flac"
SPEECH = [Region(0.0, 8.0), Region(8.6, 9.1), Region(16.6, 24.0), Region(31.8, 36.8), Region(63.5, 64.489)]


def ignore(_share: float) -> None:
    pass


class Watched(AudioReader):
    """Notes how much is asked for at once."""

    most = 0.0

    def read_channels(self, start: float, end: float) -> npt.NDArray[np.float32]:
        self.most = max(self.most, end - start)
        return super().read_channels(start, end)


@pytest.fixture(scope="module")
def encoder() -> VoiceEncoder:
    path = weights()
    assert path is not None
    return VoiceEncoder(path)


@pytest.fixture
def windows() -> list[Window]:
    with AudioReader(SAMPLE) as audio:
        return cut(SPEECH, audio.duration)


def test_a_recording_is_described_the_same_in_stretches_and_as_a_whole(
    encoder: VoiceEncoder, windows: list[Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Watched(SAMPLE) as audio:
        whole = describe(encoder, audio, windows, ignore)
        assert audio.most > 60
        audio.most = 0.0
        monkeypatch.setattr("scribe_worker.engines.voices._STRETCH_S", 10.0)
        stretches = describe(encoder, audio, windows, ignore)
        assert audio.most < 11

    assert stretches == pytest.approx(whole, abs=1e-6)
    assert np.linalg.norm(whole, axis=1) == pytest.approx(np.ones(len(windows)), abs=1e-5)


def test_windows_of_one_voice_are_nearer_than_those_of_two(
    encoder: VoiceEncoder, windows: list[Window]
) -> None:
    with AudioReader(SAMPLE) as audio:
        vectors = describe(encoder, audio, windows, ignore)

    by_region = [vectors[[window.region == number for window in windows]] for number in (0, 2, 3)]
    clara, alan, clara_again = (each.mean(axis=0) for each in by_region)
    assert clara @ clara_again > clara @ alan + 0.1


def test_progress_rises_to_the_end(encoder: VoiceEncoder, windows: list[Window]) -> None:
    shares: list[float] = []

    with AudioReader(SAMPLE) as audio:
        describe(encoder, audio, windows, shares.append)

    assert shares == sorted(shares)
    assert shares[-1] == 1
