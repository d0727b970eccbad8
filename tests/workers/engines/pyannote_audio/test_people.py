"""From what was heard in chunks to the whole recording."""

import numpy as np
import pytest

from scribe_worker.engines.base import Turn
from scribe_worker.engines.pyannote_audio.heard import Heard
from scribe_worker.engines.pyannote_audio.people import whole
from scribe_worker.engines.pyannote_audio.speakers import Bounds

ANNE, BOB, CARL = np.eye(3)
Spoken = tuple[float, float, int]


def heard(*turns: Spoken, voices: list[np.ndarray], exclusive: tuple[Spoken, ...] | None = None) -> Heard:
    def made(spoken: tuple[Spoken, ...]) -> tuple[Turn, ...]:
        return tuple(Turn(start=start, end=end, speaker=speaker) for start, end, speaker in spoken)

    return Heard(made(turns), made(turns if exclusive is None else exclusive), np.stack(voices))


def plain(turns: tuple[Turn, ...]) -> list[Spoken]:
    return [(turn.start, turn.end, turn.speaker) for turn in turns]


def test_speakers_are_numbered_as_they_are_first_heard_and_keep_their_number() -> None:
    parts = [
        heard((0, 4, 1), (5, 9, 0), voices=[BOB, ANNE]),
        heard((10, 12, 0), (13, 15, 1), (16, 18, 2), voices=[CARL, BOB, ANNE]),
    ]

    found = whole(parts, Bounds(), 0.4)

    assert plain(found.turns) == [(0, 4, 0), (5, 9, 1), (10, 12, 2), (13, 15, 1), (16, 18, 0)]
    assert found.voices.tolist() == [ANNE.tolist(), BOB.tolist(), CARL.tolist()]


def test_a_turn_that_was_cut_between_two_chunks_is_one_again() -> None:
    parts = [heard((0, 10, 0), voices=[ANNE]), heard((10, 12, 0), voices=[ANNE])]

    assert plain(whole(parts, Bounds(), 0.4).turns) == [(0, 12, 0)]


def test_what_lies_behind_a_cut_is_not_heard_twice() -> None:
    part = heard((0, 4, 0), (6, 12, 0), (11, 14, 1), voices=[ANNE, BOB]).until(10)

    assert plain(part.turns) == plain(part.exclusive) == [(0, 4, 0), (6, 10, 0)]
    assert part.seconds() == [8, 0]


def test_who_speaks_only_behind_the_cut_does_not_count_as_a_speaker_of_that_chunk() -> None:
    parts = [
        heard((0, 4, 0), (11, 14, 1), voices=[ANNE, CARL]).until(10),
        heard((11, 14, 0), voices=[BOB]),
    ]

    found = whole(parts, Bounds(1, 2), 0.4)

    assert plain(found.turns) == [(0, 4, 0), (11, 14, 1)]
    assert found.voices.tolist() == [ANNE.tolist(), BOB.tolist()]


def test_a_voice_is_the_mean_of_the_chunks_weighted_by_seconds() -> None:
    other = np.array([0.8, 0.6, 0.0])
    parts = [heard((0, 3, 0), voices=[ANNE]), heard((3, 4, 0), voices=[other])]

    found = whole(parts, Bounds(), 0.4)

    expected = 3 * ANNE + other
    assert found.voices.tolist() == [pytest.approx((expected / np.linalg.norm(expected)).tolist())]


def test_speakers_who_become_one_person_do_not_overlap_themselves() -> None:
    part = heard((0, 5, 0), (4, 8, 1), voices=[ANNE, BOB], exclusive=((0, 4.5, 0), (4.5, 8, 1)))

    found = whole([part], Bounds(1, 1), 0.4)

    assert plain(found.turns) == plain(found.exclusive) == [(0, 8, 0)]


def test_a_speaker_without_a_voice_keeps_the_number_and_has_zeros() -> None:
    found = whole([heard((0, 4, 0), (5, 6, 1), voices=[ANNE, np.zeros(3)])], Bounds(), 0.4)

    assert found.voices.tolist() == [ANNE.tolist(), [0, 0, 0]]


def test_nothing_heard_in_any_chunk_is_nothing_at_all() -> None:
    nothing = Heard((), (), np.zeros((0, 3)))

    found = whole([nothing, nothing], Bounds(2, 2), 0.4)

    assert (found.turns, found.exclusive, len(found.voices)) == ((), (), 0)
