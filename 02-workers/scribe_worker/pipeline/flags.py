"""Mark the segments that a reader should check, and the places where words are missing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from scribe.transcript.document import Segment
from scribe_worker.engines.base import Doubt

WORDLESS = frozenset({"not_transcribed", "failed"})
"""Doubts about stretches that have no words of their own."""

LEAST_OVERLAP_S = 0.05


def flag_segments(segments: Sequence[Segment], doubts: Sequence[Doubt]) -> tuple[Segment, ...]:
    """The segments with their flags, and a segment without text for every stretch that should have some.

    segments: sorted by start; so is the result, numbered from 1
    doubts: in any order; one about words flags every segment that it overlaps
    O((s + d) log s) as long as segments do not overlap one another much.
    """
    flags = _flags(segments, [doubt for doubt in doubts if doubt.kind not in WORDLESS])
    flagged = [
        segment.model_copy(update={"flags": flags[number]}) if number in flags else segment
        for number, segment in enumerate(segments)
    ]
    gaps = [
        Segment(id=1, start=doubt.start, end=doubt.end, text="", flags=(doubt.kind,))
        for doubt in doubts
        if doubt.kind in WORDLESS
    ]
    inorder = sorted([*flagged, *gaps], key=lambda segment: segment.start)
    return tuple(segment.model_copy(update={"id": number}) for number, segment in enumerate(inorder, 1))


def _flags(segments: Sequence[Segment], doubts: Sequence[Doubt]) -> Mapping[int, tuple[str, ...]]:
    """The flags of each segment that has any, by its place."""
    starts = np.array([segment.start for segment in segments])
    latest = np.maximum.accumulate(np.array([segment.end for segment in segments]))
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    for doubt in doubts:
        first = int(np.searchsorted(latest, doubt.start, side="left"))
        behind = int(np.searchsorted(starts, doubt.end, side="right"))
        for number in range(first, behind):
            if _overlap(segments[number], doubt) >= LEAST_OVERLAP_S:
                kinds[number].add(doubt.kind)
    return {number: tuple(sorted(found)) for number, found in kinds.items()}


def _overlap(segment: Segment, doubt: Doubt) -> float:
    """Seconds in common; a doubt without a length counts where it lies."""
    if doubt.start == doubt.end:
        return LEAST_OVERLAP_S if segment.start <= doubt.start <= segment.end else 0.0
    return min(segment.end, doubt.end) - max(segment.start, doubt.start)
