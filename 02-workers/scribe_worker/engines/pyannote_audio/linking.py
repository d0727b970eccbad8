"""Who is who across chunks: the voices of several chunks, grouped into people.

Agglomerative: the two nearest groups become one, again and again. Unlike a match of each chunk with those
before it (Hungarian), no early mistake decides about later chunks; unlike one clustering of all windows, its
cost does not grow with the square of the recording's length.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scribe_worker.engines.pyannote_audio.speakers import Bounds

Vectors = npt.NDArray[np.float64]

_TOGETHER = 1.0
"""Added to the distance of voices that one chunk holds apart: as much as lies between unlike voices."""


@dataclass(frozen=True)
class Voice:
    """A speaker as one chunk knows them; ``embedding`` is float64 [d], zeros where there is none."""

    chunk: int
    seconds: float
    embedding: Vectors


def unit(vectors: npt.NDArray[np.floating]) -> Vectors:
    """The vectors, [n, d], at unit length; zeros for those that are zero or not finite."""
    finite = np.where(np.isfinite(vectors).all(axis=1, keepdims=True), vectors, 0).astype(np.float64)
    lengths = np.linalg.norm(finite, axis=1, keepdims=True)
    scaled: Vectors = np.divide(finite, lengths, out=np.zeros_like(finite), where=lengths > 0)
    return scaled


def link(voices: Sequence[Voice], bounds: Bounds, threshold: float) -> list[int]:
    """The person that each voice belongs to, counted from 0 in the order of the voices.

    Groups are compared by the cosine distance of their means, weighted by seconds. They join up to
    ``threshold``, at most 1, while more than ``bounds.least`` are left, and beyond it while there are more
    than ``bounds.most``; only then can voices of one chunk become one person.
    """
    groups = [[number] for number in range(len(voices))]
    sums = unit(np.array([voice.embedding for voice in voices])) if groups else np.zeros((0, 0))
    sums *= np.array([[voice.seconds] for voice in voices]).reshape(len(groups), 1)
    member = np.array([voice.chunk for voice in voices])
    present = np.equal.outer(member, np.unique(member)).astype(np.float64)
    while len(groups) > bounds.least:
        first, second, distance = _nearest(sums, present)
        too_many = bounds.most is not None and len(groups) > bounds.most
        if distance >= threshold and not too_many:
            break
        groups[first] += groups.pop(second)
        sums[first] += sums[second]
        present[first] = np.maximum(present[first], present[second])
        sums, present = np.delete(sums, second, axis=0), np.delete(present, second, axis=0)
    people = {number: person for person, group in enumerate(groups) for number in group}
    return [people[number] for number in range(len(voices))]


def _nearest(sums: Vectors, present: Vectors) -> tuple[int, int, float]:
    """The two groups to join next, the lower one first, and the distance between them."""
    directions = unit(sums)
    distances = 1 - directions @ directions.T + _TOGETHER * (present @ present.T > 0)
    distances[np.tril_indices(len(sums))] = np.inf
    first, second = np.unravel_index(distances.argmin(), distances.shape)
    return int(first), int(second), float(distances[first, second])
