"""Transcripts and their revisions as clients see and change them."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator

from scribe.db.models import RevisionKind, TranscriptRevision
from scribe.transcript.editing import Changes, Difference, Hit, Operation, Replacement
from scribe.transcript.editing.operations import MOST_OPERATIONS, SpeakerId
from scribe.transcript.options import RenderOptions
from scribe.transcript.render import TranscriptFormat
from scribe.wishes import LONGEST_TERM
from scribe_api.schemas import Line, Schema

HIGHEST = 2**31 - 1

RevisionNumber = Annotated[int, Field(ge=1, le=HIGHEST)]


class TranscriptQuery(RenderOptions):
    """In which form the transcript is wanted."""

    format: Annotated[
        TranscriptFormat | None, Field(description="Left out: the document as it is stored.")
    ] = None
    revision: Annotated[RevisionNumber | None, Field(description="Left out: the current one.")] = None
    download: Annotated[bool, Field(description="As an attachment.")] = False


class Operations(Schema):
    """What to do to the transcript, in this order: all of it or nothing."""

    operations: Annotated[list[Operation], Field(min_length=1, max_length=MOST_OPERATIONS)]


class Revised(Changes):
    """What an editor needs to follow; ``revision`` is also the ``ETag``."""

    revision: int = Field(description="The current one; the one that was seen where nothing changed.")


class Replace(Schema):
    """What to look for, and what to write in its place."""

    find: Annotated[Line, StringConstraints(min_length=1, max_length=200)] = Field(
        description="Stands for itself, accents included.", examples=["graph anna"]
    )
    replace: Annotated[Line, StringConstraints(max_length=200)] = Field(examples=["Grafana"])
    whole_words: bool = True
    match_case: bool = False
    speaker: SpeakerId | None = Field(default=None, description="Only in what this speaker says.")
    add_to_glossary: bool = Field(
        default=False, description="Teach the pair to the project, for its next transcriptions."
    )
    dry_run: bool = Field(default=False, description="Only say what would be found.")

    @model_validator(mode="after")
    def _can_be_taught(self) -> Self:
        if self.add_to_glossary and not 0 < len(self.replace) <= LONGEST_TERM:
            raise ValueError(f"the glossary takes replacements of 1 to {LONGEST_TERM} characters")
        return self

    @property
    def wanted(self) -> Replacement:
        """As the document's own module takes it."""
        return Replacement(self.find, self.replace, self.whole_words, self.match_case, self.speaker)


class HitRead(BaseModel):
    """A segment in which the text was found."""

    segment: int = Field(description="Its id.")
    start: float = Field(description="Seconds from the start of the audio.")
    count: int
    before: str
    after: str

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """The hit."""
        segment = hit.segment
        return cls(
            segment=segment.id, start=segment.start, count=hit.count, before=segment.text, after=hit.text
        )


class Replaced(Revised):
    """What was found and what that changed: nothing in a dry run."""

    count: int = Field(description="Occurrences in all.")
    hits: list[HitRead]
    added_to_glossary: bool


class RevisionRead(BaseModel):
    """One revision: who made it, when and how."""

    revision: int
    current: bool
    created_at: datetime
    actor: str = Field(description="Who made it: an account, a key, or `machine`.")
    kind: RevisionKind
    restored_from: int | None
    summary: dict[str, Any] = Field(description="What was done, counted.")

    @classmethod
    def of(cls, row: TranscriptRevision, current: int | None) -> Self:
        """The row; ``current`` is the meeting's revision."""
        own = {name: getattr(row, name) for name in cls.model_fields if name != "current"}
        return cls(**own, current=row.revision == current)


class RevisionPage(BaseModel):
    """One page of a transcript's history, newest first."""

    items: list[RevisionRead]
    next_cursor: str | None = Field(
        description="Give it back as `cursor` for the next page; null at the end."
    )


class DifferenceRead(Difference):
    """What leads from revision ``against`` to ``revision``."""

    revision: int
    against: int
