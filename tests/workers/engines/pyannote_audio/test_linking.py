"""Who is who across chunks, on voices made up for it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scribe_worker.engines.pyannote_audio.linking import Voice, link, unit
from scribe_worker.engines.pyannote_audio.speakers import Bounds

FREE = Bounds()
THRESHOLD = 0.4
PEOPLE = np.eye(8, 32)


def voice(chunk: int, person: int, *, seconds: float = 60.0, noise: float = 0.1) -> Voice:
    random = np.random.default_rng(100 * chunk + person)
    return Voice(chunk, seconds, PEOPLE[person] + noise * random.standard_normal(32) / np.sqrt(32))


def between(one: int, other: int, share: float) -> Voice:
    """In chunk 9: a voice on the way from one person's to another's."""
    return Voice(9, 60.0, (1 - share) * PEOPLE[one] + share * PEOPLE[other])


def same(labels: list[int], truth: list[int]) -> bool:
    return len(set(labels)) == len(set(truth)) == len(set(zip(labels, truth, strict=True)))


def test_the_same_people_are_found_again_in_any_order() -> None:
    said = [(0, 0), (0, 1), (1, 1), (1, 0), (1, 2), (2, 2), (2, 0), (3, 3), (3, 1)]

    labels = link([voice(chunk, person) for chunk, person in said], FREE, THRESHOLD)

    assert same(labels, [person for _, person in said])


def test_voices_that_one_chunk_holds_apart_stay_apart_however_alike() -> None:
    labels = link([voice(0, 0), voice(0, 0), voice(1, 0)], FREE, THRESHOLD)

    assert labels[0] != labels[1]
    assert labels[2] in labels[:2]


def test_a_voice_that_could_be_either_joins_the_nearer_one() -> None:
    labels = link([voice(0, 0, noise=0), voice(0, 1, noise=0), between(0, 1, 0.6)], FREE, 1.0)

    assert labels[2] == labels[1] != labels[0]


def test_long_speech_counts_for_more_than_short() -> None:
    brief, long, asked = Voice(0, 1.0, PEOPLE[0]), Voice(1, 99.0, PEOPLE[1]), Voice(2, 50.0, PEOPLE[0])

    labels = link([brief, long, asked], Bounds(1, 2), 0.1)
    assert labels[0] == labels[2] != labels[1]

    mean = unit(np.array([PEOPLE[0] + 99 * PEOPLE[1]]))[0]
    joined = link([brief, long, Voice(2, 50.0, mean)], Bounds(2, 2), 0.1)
    assert joined[1] == joined[2] != joined[0]


def test_too_many_people_become_fewer_starting_with_the_nearest() -> None:
    voices = [voice(0, 0, noise=0), voice(0, 1, noise=0), voice(1, 2, noise=0), between(2, 0, 0.4)]

    labels = link(voices, Bounds(1, 3), 0.01)

    assert same(labels, [0, 1, 2, 2])


def test_people_of_one_chunk_become_one_only_when_nothing_else_is_left() -> None:
    voices = [voice(0, 0), voice(0, 1), voice(0, 2)]

    assert len(set(link(voices, Bounds(1, 2), THRESHOLD))) == 2
    assert len(set(link(voices, Bounds(1, 1), THRESHOLD))) == 1


def test_no_fewer_people_than_asked_for_even_when_voices_are_alike() -> None:
    voices = [voice(chunk, 0) for chunk in range(4)]

    assert len(set(link(voices, Bounds(3, 3), THRESHOLD))) == 3


def test_a_speaker_without_a_voice_is_somebody_of_their_own_until_there_are_too_many() -> None:
    unknown = Voice(1, 0.2, np.full(32, np.nan))
    voices = [voice(0, 0), voice(0, 1), unknown, voice(2, 0)]

    free = link(voices, FREE, THRESHOLD)
    assert free[0] == free[3]
    assert free[2] not in {free[0], free[1]}
    assert len(set(link(voices, Bounds(1, 2), THRESHOLD))) == 2


@given(
    said=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7)), max_size=20, unique=True),
    least=st.integers(1, 6),
    spare=st.integers(0, 6),
)
def test_the_bounds_hold_for_the_whole_wherever_they_can(
    said: list[tuple[int, int]], least: int, spare: int
) -> None:
    found = len(set(link([voice(*who) for who in said], Bounds(least, least + spare), THRESHOLD)))

    assert min(least, len(said)) <= found <= least + spare


def test_vectors_that_are_not_finite_become_zeros() -> None:
    scaled = unit(np.array([[3.0, 4.0], [np.nan, 1.0], [np.inf, 0.0], [0.0, 0.0]]))

    assert scaled.tolist() == [pytest.approx([0.6, 0.8]), [0, 0], [0, 0], [0, 0]]
