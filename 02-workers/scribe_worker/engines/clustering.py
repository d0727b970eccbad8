"""How many voices there are, and which window belongs to which.

Spectral clustering that tunes itself by the normalised maximum eigengap: Park et al. 2020, "Auto-tuning
spectral clustering for speaker diarization using normalized maximum eigengap".
"""

import numpy as np
import numpy.typing as npt
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans

Vectors = npt.NDArray[np.float32]
Labels = npt.NDArray[np.intp]

_MOST_SPEAKERS = 8
_FEWEST_WINDOWS = 6
_SAMPLE = 500
"""Windows that take part in the eigen-decomposition, whose time grows with their cube."""

_NEIGHBOURHOODS = 16
_LEAST_SHARE, _MOST_SHARE = 0.02, 0.3
_LEAST_SPEECH_S = 2.0


def cluster(vectors: Vectors, seconds: npt.NDArray[np.float64], speakers: int | None) -> Labels:
    """The speaker of each window, counted from 0 without gaps.

    vectors: unit vectors, float32 [n, d], n > 0
    seconds: speech that each window stands for, float64 [n]; a voice with less than 2 s of it in all is
        taken for a stretch of another voice, unless the number of speakers is known
    speakers: their number where it is known; fewer come back only when there are too few windows
    """
    count = len(vectors)
    chosen = np.unique(np.linspace(0, count - 1, min(count, _SAMPLE)).astype(np.intp))
    sample = vectors[chosen]
    labels = _spectral(sample, speakers)
    if speakers is None:
        labels = _absorb_small(labels, sample, seconds[chosen] * (count / len(chosen)))
    if len(chosen) == count:
        return _compact(labels)
    return _compact(cdist(vectors, centroids(sample, labels), "cosine").argmin(axis=1))


def centroids(vectors: Vectors, labels: Labels) -> npt.NDArray[np.float64]:
    """The mean direction of each label, as unit vectors, float64 [labels, d]."""
    means = np.stack([vectors[labels == label].mean(axis=0, dtype=np.float64) for label in np.unique(labels)])
    unit: npt.NDArray[np.float64] = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
    return unit


def _spectral(vectors: Vectors, speakers: int | None) -> Labels:
    """Cluster in the space of the Laplacian's lowest eigenvectors, at the neighbourhood size that fits best.

    The best size has the smallest ratio of its own share to the largest gap between eigenvalues; the place of
    that gap is the number of speakers.
    """
    count = len(vectors)
    if count < _FEWEST_WINDOWS:
        return np.zeros(count, dtype=np.intp)
    order = np.argsort(-(vectors @ vectors.T), axis=1)
    best_ratio, found, basis = np.inf, 1, np.zeros((count, count))
    for size in _sizes(count):
        values, axes = np.linalg.eigh(_laplacian(order, size))
        gaps = np.diff(values[: min(_MOST_SPEAKERS + 1, count - 1)])
        ratio = (size / count) / (gaps.max() / (values[-1] + 1e-9) + 1e-9)
        if ratio < best_ratio:
            best_ratio, found, basis = ratio, int(gaps.argmax()) + 1, axes
    wanted = min(speakers or found, count)
    if wanted == 1:
        return np.zeros(count, dtype=np.intp)
    means = KMeans(wanted, n_init=3, random_state=0)
    return np.asarray(means.fit_predict(basis[:, :wanted]), dtype=np.intp)


def _sizes(count: int) -> list[int]:
    """Neighbourhood sizes to try."""
    least, most = max(2.0, _LEAST_SHARE * count), max(3.0, _MOST_SHARE * count)
    return sorted(set(np.linspace(least, most, _NEIGHBOURHOODS).astype(int).tolist()))


def _laplacian(order: Labels, size: int) -> npt.NDArray[np.float64]:
    """Of the graph that joins each window to its ``size`` nearest, half a link for one-sided nearness."""
    count = len(order)
    links = np.zeros((count, count))
    links[np.arange(count)[:, None], order[:, :size]] = 1
    links = (links + links.T) / 2
    laplacian: npt.NDArray[np.float64] = np.diag(links.sum(axis=1)) - links
    return laplacian


def _absorb_small(labels: Labels, vectors: Vectors, seconds: npt.NDArray[np.float64]) -> Labels:
    """Give the windows of voices that hardly speak to the nearest voice that does."""
    labels = _compact(labels)
    spoken = np.bincount(labels, weights=seconds)
    big = np.flatnonzero(spoken >= min(_LEAST_SPEECH_S, float(spoken.max())))
    means = centroids(vectors, labels)
    nearest: Labels = big[cdist(means, means[big], "cosine").argmin(axis=1)]
    return nearest[labels]


def _compact(labels: npt.NDArray[np.intp]) -> Labels:
    return np.unique(labels, return_inverse=True)[1]
