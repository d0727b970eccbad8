"""The synthetic voices, on machines that have flite."""

import shutil

import pytest

from fixtures.training.sentences import Sentence
from fixtures.training.voices import RATE, Speaker, say, speakers, word_times

pytestmark = pytest.mark.skipif(shutil.which("flite") is None, reason="flite is not installed")

SAID = Sentence(("we", "will", "move", "the", "release", "to", "monday"))


@pytest.mark.parametrize("tape", [0.9, 1.0, 1.12])
def test_every_word_has_its_time_whatever_the_speed_of_the_tape(tape: float) -> None:
    speech = say(Speaker("slt", tape), SAID.text)

    times = word_times(SAID.words, speech)

    assert times is not None
    edges = [edge for span in times for edge in span]
    assert edges == sorted(edges)
    assert len(times) == len(SAID.words)
    assert edges[-1] <= speech.samples.size / RATE


def test_a_faster_tape_keeps_the_tempo() -> None:
    plain, changed = (say(Speaker("rms", tape), SAID.text).samples.size for tape in (1.0, 1.17))

    assert changed == pytest.approx(plain, rel=0.05)


def test_a_contraction_has_no_word_times() -> None:
    assert word_times(("it", "is", "late"), say(Speaker("slt"), "It's late.")) is None


def test_no_speaker_to_measure_with_is_trained_with() -> None:
    assert not set(speakers()) & set(speakers(held_out=True))
    assert len({one.name for one in speakers()}) == len(speakers())
