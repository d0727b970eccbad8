"""Words and turns as arrays of times: what fusion computes with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from scribe_worker.engines.base import Turn, Word

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Words:
    """Start and end of each word in seconds, float64 [n]; sorted by start, which is checked."""

    start: Floats
    end: Floats

    def __post_init__(self) -> None:
        if np.any(np.diff(self.start) < 0) or np.any(self.end < self.start):
            raise ValueError("words must be sorted by start, and none may end before it starts")

    @classmethod
    def of(cls, words: Sequence[Word]) -> Self:
        """The times of an engine's words."""
        return cls(*_times(words))


@dataclass(frozen=True, eq=False)
class Turns:
    """Start and end of each exclusive turn in seconds, float64 [m]; sorted, which is checked."""

    start: Floats
    end: Floats

    def __post_init__(self) -> None:
        if np.any(self.end <= self.start) or np.any(self.start[1:] < self.end[:-1]):
            raise ValueError("turns must be sorted, must not overlap and must have a length")

    @classmethod
    def of(cls, turns: Sequence[Turn]) -> Self:
        """The times of an engine's turns."""
        return cls(*_times(turns))


def _times(spans: Sequence[Word] | Sequence[Turn]) -> tuple[Floats, Floats]:
    times = np.array([(span.start, span.end) for span in spans], dtype=np.float64).reshape(-1, 2)
    return times[:, 0], times[:, 1]
