"""Mark the segments that a reader should check, and the places where words are missing."""

from collections.abc import Sequence

from scribe.transcript.document import Segment
from scribe_worker.engines.base import Doubt

WORDLESS = frozenset({"not_transcribed", "failed"})
"""Doubts about stretches that have no words of their own."""

LEAST_OVERLAP_S = 0.05


def flag_segments(segments: Sequence[Segment], doubts: Sequence[Doubt]) -> tuple[Segment, ...]:
    """The segments with their flags, and a segment without text for every stretch that should have some.

    segments: sorted by start; so is the result, numbered from 1
    doubts: in any order; one about words flags every segment that it overlaps
    """
    spoken = sorted((doubt for doubt in doubts if doubt.kind not in WORDLESS), key=lambda doubt: doubt.start)
    flagged = [_flagged(segment, spoken) for segment in segments]
    gaps = [
        Segment(id=1, start=doubt.start, end=doubt.end, text="", flags=(doubt.kind,))
        for doubt in doubts
        if doubt.kind in WORDLESS
    ]
    inorder = sorted([*flagged, *gaps], key=lambda segment: segment.start)
    return tuple(segment.model_copy(update={"id": number}) for number, segment in enumerate(inorder, 1))


def _flagged(segment: Segment, doubts: Sequence[Doubt]) -> Segment:
    kinds = {doubt.kind for doubt in doubts if _overlap(segment, doubt) >= LEAST_OVERLAP_S}
    return segment.model_copy(update={"flags": tuple(sorted(kinds))}) if kinds else segment


def _overlap(segment: Segment, doubt: Doubt) -> float:
    """Seconds in common; a doubt without a length counts where it lies."""
    if doubt.start == doubt.end:
        return LEAST_OVERLAP_S if segment.start <= doubt.start <= segment.end else 0.0
    return min(segment.end, doubt.end) - max(segment.start, doubt.start)
