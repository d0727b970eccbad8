"""Searches as clients ask for them, and what was found."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from scribe_api.meetings.cursor import CURSOR_LENGTH
from scribe_api.meetings.filters import MeetingFilters
from scribe_api.schemas import Line


class SearchQuery(MeetingFilters):
    """What is looked for, and in which meetings; with ``speaker``, only in what that person says."""

    q: Annotated[Line, StringConstraints(max_length=300)] = Field(
        description='All words must occur in one segment, or in title, tags and notes. `"a phrase"` occurs '
        "word for word, `-word` does not, `wor*` begins so. French and English words are found in all their "
        "forms; case and accents do not count.",
        examples=['budget "ordre du jour" -annulé'],
    )
    segments: Annotated[int, Field(ge=0, le=10, description="How many segments of each meeting.")] = 3
    cursor: Annotated[str, StringConstraints(max_length=CURSOR_LENGTH)] | None = Field(
        default=None, description="`next_cursor` of the page before, asked for with the same query."
    )
    limit: Annotated[int, Field(ge=1, le=50)] = 20


class Snippet(BaseModel):
    """A piece of text and what was found in it; plain text, never HTML."""

    text: str
    ranges: list[tuple[int, int]] = Field(
        description="Start and end of what was found, in Unicode code points from the start of `text`.",
        examples=[[(4, 10)]],
    )
    cut_before: bool = Field(default=False, description="Whether the text begins before this piece.")
    cut_after: bool = Field(default=False, description="Whether the text goes on after it.")


class SegmentHit(BaseModel):
    """A segment that was found, and where to jump to."""

    segment_id: int = Field(description="As in the transcript.")
    start: float = Field(description="Seconds from the start of the audio.")
    end: float
    speaker: str | None
    language: str
    snippet: Snippet


class Hit(BaseModel):
    """A meeting that was found."""

    meeting_id: uuid.UUID
    project_id: uuid.UUID
    project: str = Field(description="Its name.")
    title: Snippet
    notes: Snippet | None = Field(description="Only where the words were found there and nowhere else.")
    tags: list[str]
    language: str | None
    duration: float | None = Field(description="Seconds.")
    created_at: datetime
    score: float = Field(description="Higher is better; comparable within one search only.")
    matches: int = Field(description="How many segments match; `segments` holds the best of them by time.")
    segments: list[SegmentHit]


class Total(BaseModel):
    """How many meetings match."""

    count: int
    exact: bool = Field(
        description="False: only the newest meetings were looked through. Filter, or ask for something rarer."
    )


class SearchResults(BaseModel):
    """One page of meetings, the best first."""

    total: Total
    items: list[Hit]
    next_cursor: str | None = Field(
        description="Give it back as `cursor` for the next page; null at the end."
    )
