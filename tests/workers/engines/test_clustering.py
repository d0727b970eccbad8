import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scribe_worker.engines.clustering import centroids, cluster


def voices(counts: list[int], seed: int = 0) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.intp]]:
    """Noisy unit vectors around one random direction a voice, and who is who."""
    rng = np.random.default_rng(seed)
    directions = rng.normal(size=(len(counts), 64))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    truth = np.repeat(np.arange(len(counts)), counts)
    noisy = directions[truth] + rng.normal(scale=0.05, size=(truth.size, 64))
    return (noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32), truth


def agree(labels: npt.NDArray[np.intp], truth: npt.NDArray[np.intp]) -> bool:
    """The same partition, whatever the numbers."""
    return (
        len(set(zip(labels.tolist(), truth.tolist(), strict=True)))
        == len(set(truth.tolist()))
        == (len(set(labels.tolist())))
    )


@pytest.mark.parametrize("counts", [[40], [30, 30], [40, 25, 30], [30, 30, 30, 30, 30]])
def test_the_number_of_voices_is_found(counts: list[int]) -> None:
    vectors, truth = voices(counts)

    assert agree(cluster(vectors, np.full(len(vectors), 0.4), None), truth)


def test_a_long_recording_is_clustered_like_a_short_one() -> None:
    vectors, truth = voices([900, 700, 800])

    assert agree(cluster(vectors, np.full(len(vectors), 0.4), None), truth)


def test_a_known_number_of_speakers_is_kept_to() -> None:
    vectors, _ = voices([40, 40, 40])

    assert set(cluster(vectors, np.full(120, 0.4), 2).tolist()) == {0, 1}


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 12), st.none() | st.integers(1, 20), st.integers(0, 5))
def test_a_few_windows_are_labelled_without_gaps(count: int, speakers: int | None, seed: int) -> None:
    vectors, _ = voices([1] * count, seed)

    labels = cluster(vectors, np.full(count, 0.4), speakers)

    assert len(labels) == count
    assert sorted(set(labels.tolist())) == list(range(labels.max() + 1))


def test_equal_windows_are_one_voice() -> None:
    vectors = np.tile(voices([1])[0], (50, 1))

    assert set(cluster(vectors, np.full(50, 0.4), None).tolist()) == {0}


def test_centroids_are_unit_vectors() -> None:
    vectors, truth = voices([10, 20])

    assert np.linalg.norm(centroids(vectors, truth), axis=1) == pytest.approx(1)
