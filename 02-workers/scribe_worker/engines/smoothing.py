"""From overlapping windows to turns: the most likely path of one speaker at a time (Viterbi)."""

from itertools import groupby

import numpy as np
import numpy.typing as npt

from scribe_worker.engines.base import Turn
from scribe_worker.engines.speech import Region
from scribe_worker.engines.voices import STEP_S, Window

_FRAME_S = 0.1
_REACH = 4
"""Windows on each side of a frame that have a say in it."""

_SCALE = 20.0
_SWITCH = 3.0
"""What a change of speaker costs, in units of similarity times the scale; less after a pause."""

_AFTER_PAUSE = 0.3


def turns(
    similarities: npt.NDArray[np.float64], windows: list[Window], regions: list[Region]
) -> tuple[Turn, ...]:
    """Who speaks in every region, one speaker at a time, numbered as in ``similarities``.

    similarities: of each window to each speaker, float64 [windows, speakers], cosine
    windows: sorted by start, those of one region together; every region has one at least
    """
    centres = np.array([window.centre for window in windows])
    owners = np.array([window.region for window in windows])
    frames: list[npt.NDArray[np.float64]] = []
    for number, region in enumerate(regions):
        first, last = np.searchsorted(owners, [number, number + 1])
        frames.append(_blend(similarities[first:last], centres[first:last], _middles(region)))
    lengths = [len(part) for part in frames]
    path = _best_path(np.concatenate(frames) * _SCALE, np.cumsum([0, *lengths[:-1]]))
    found: list[Turn] = []
    for region, labels in zip(regions, np.split(path, np.cumsum(lengths[:-1])), strict=True):
        found += _runs(labels, region)
    return tuple(found)


def _middles(region: Region) -> npt.NDArray[np.float64]:
    count = max(1, int(np.ceil(region.duration / _FRAME_S - 1e-6)))
    return np.asarray(region.start + (np.arange(count) + 0.5) * _FRAME_S, dtype=np.float64)


def _blend(
    similarities: npt.NDArray[np.float64],
    centres: npt.NDArray[np.float64],
    times: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """The similarities at ``times``, float64 [times, speakers]: the nearer a window, the more it counts."""
    near = np.searchsorted(centres, times)[:, None] + np.arange(-_REACH, _REACH)
    inside = (near >= 0) & (near < len(centres))
    near = near.clip(0, len(centres) - 1)
    weights = np.exp(-0.5 * ((centres[near] - times[:, None]) / STEP_S) ** 2) * inside + 1e-12 * inside
    blended = np.einsum("tw,tws->ts", weights, similarities[near]) / weights.sum(axis=1, keepdims=True)
    return np.asarray(blended, dtype=np.float64)


def _best_path(scores: npt.NDArray[np.float64], begins: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """The speakers, one a frame, with the highest sum of scores less the cost of switching.

    scores: float64 [frames, speakers]
    begins: frames at which a region begins, where switching costs less
    """
    count, speakers = scores.shape
    cost = np.full(count, _SWITCH)
    cost[begins] = _SWITCH * _AFTER_PAUSE
    came_from = np.tile(np.arange(speakers), (count, 1))
    total = scores[0].copy()
    for frame in range(1, count):
        best = int(total.argmax())
        switched = total[best] - cost[frame]
        came_from[frame, total < switched] = best
        total = np.maximum(total, switched) + scores[frame]
    path = np.zeros(count, dtype=np.intp)
    path[-1] = total.argmax()
    for frame in range(count - 1, 0, -1):
        path[frame - 1] = came_from[frame, path[frame]]
    return path


def _runs(labels: npt.NDArray[np.intp], region: Region) -> list[Turn]:
    """Equal neighbours as one turn; the last one ends with the region."""
    found: list[Turn] = []
    frame = 0
    for label, run in groupby(labels.tolist()):
        start = region.start + frame * _FRAME_S
        frame += len(list(run))
        end = region.end if frame == len(labels) else region.start + frame * _FRAME_S
        found.append(Turn(start=start, end=end, speaker=label))
    return found
