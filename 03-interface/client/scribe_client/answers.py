"""What the API answers, as far as this package reads it; fields that are new to it are passed over."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

FINISHED = frozenset({"COMPLETED", "FAILED", "CANCELLED"})
"""The states in which nothing more happens to a meeting by itself."""


class Answer(BaseModel):
    """Anything that came from the server."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Account(Answer):
    """The person who is signed in."""

    id: UUID
    email: str
    name: str
    role: str


class Project(Answer):
    """Where meetings lie; ``role`` is what the caller is in it, where the server tells."""

    id: UUID
    name: str
    role: str | None = None


class Notice(Answer):
    """Something a reader should know although the work went on."""

    code: str
    message: str


class MeetingState(Answer):
    """How far a meeting is; ``progress`` is 0-1 within the stage."""

    status: str
    stage: str | None = None
    progress: float | None = None
    error_code: str | None = None
    error_message: str | None = None
    warnings: tuple[Notice, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.status in FINISHED


class Meeting(MeetingState):
    """A recording and what came of it. ``duration`` in seconds, ``size`` in bytes."""

    id: UUID
    project_id: UUID
    title: str
    filename: str
    size: int
    duration: float | None = None
    sha256: str | None = None
    tags: tuple[str, ...] = ()
    notes: str = ""
    language: str | None = None
    spoken_language: str | None = None
    speaker_names: tuple[str, ...] = ()
    revision: int | None = None
    created_at: datetime
    completed_at: datetime | None = None


class MeetingPage(Answer):
    """Some meetings, and where the next ones begin."""

    items: tuple[Meeting, ...]
    next_cursor: str | None = None


class Speaker(Answer):
    """One voice of a meeting."""

    id: str
    label: str
    name: str | None = None

    @property
    def display_name(self) -> str:
        """The name a reader should see."""
        return self.name or self.label


class Word(Answer):
    """One spoken word. Times in seconds from the start of the recording, confidence 0-1."""

    start: float
    end: float
    text: str
    confidence: float
    speaker: str | None = None


class Segment(Answer):
    """What one speaker said in one go."""

    id: int
    start: float
    end: float
    speaker: str | None = None
    text: str
    words: tuple[Word, ...] = ()
    flags: tuple[str, ...] = ()


class Transcript(Answer):
    """One revision of who said what."""

    meeting_id: UUID
    revision: int
    language: str
    duration: float
    speakers: tuple[Speaker, ...] = ()
    segments: tuple[Segment, ...] = ()
    warnings: tuple[Notice, ...] = ()


class Snippet(Answer):
    """A piece of text; ``ranges``: start and end of what was found in it, in characters."""

    text: str
    ranges: tuple[tuple[int, int], ...] = ()


class Passage(Answer):
    """A segment that was found; ``start`` in seconds from the start of the recording."""

    segment_id: int
    start: float
    speaker: str | None = None
    snippet: Snippet


class Hit(Answer):
    """A meeting that was found, with its best passages; ``matches``: how many there are in all."""

    meeting_id: UUID
    project_id: UUID
    title: Snippet
    matches: int = 0
    segments: tuple[Passage, ...] = ()


class SearchPage(Answer):
    """The best meetings for a query."""

    items: tuple[Hit, ...]
    next_cursor: str | None = None


class ProjectList(Answer):
    """The projects that the caller sees."""

    items: tuple[Project, ...]
