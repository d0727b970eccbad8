"""What a new revision changed, in as much detail as an editor needs to follow without reading it all."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from scribe.transcript.document import Segment, Speaker, Transcript


class PlacedSegment(BaseModel):
    """A segment and its place among all of them, counted from 0."""

    model_config = ConfigDict(frozen=True)

    position: int
    segment: Segment


class Changes(BaseModel):
    """Take out what is deleted or listed, then put the listed ones in by their position, in this order."""

    model_config = ConfigDict(frozen=True)

    segments: Annotated[
        tuple[PlacedSegment, ...], Field(description="New and changed ones, in full, by position.")
    ]
    deleted: Annotated[tuple[int, ...], Field(description="Ids of segments that are gone.")]
    speakers: Annotated[tuple[Speaker, ...], Field(description="All of them, as they are now.")]


def changes(before: Transcript, after: Transcript) -> Changes:
    """What is different in ``after``. O(n): segments that nobody touched are the same objects."""
    old = {segment.id: segment for segment in before.segments}
    kept = {segment.id for segment in after.segments}
    return Changes(
        segments=tuple(
            PlacedSegment(position=position, segment=segment)
            for position, segment in enumerate(after.segments)
            if old.get(segment.id) is not segment and old.get(segment.id) != segment
        ),
        deleted=tuple(number for number in old if number not in kept),
        speakers=after.speakers,
    )
