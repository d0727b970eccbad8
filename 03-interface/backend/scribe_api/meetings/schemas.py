"""Meetings as clients see and change them."""

import uuid
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, Field, Json, StringConstraints, model_validator

from scribe.db.models import Job, Meeting, MeetingStatus
from scribe.transcript.document import Notice
from scribe_api.meetings.wishes import EngineOptions, OrEmpty, WishFields, comma_separated
from scribe_api.schemas import Line, Schema, Tags, Text

TITLE_LENGTH = 300

Title = Annotated[
    Line,
    StringConstraints(min_length=1, max_length=TITLE_LENGTH),
    Field(examples=["Weekly stand-up"]),
]


RetentionDays = Annotated[int, Field(ge=0, le=36_500)]

OWN_FIELDS = frozenset({"title", "tags", "notes", "retention_days"})
"""What a patch changes in the meeting itself, beside what is asked of the engines."""


class MeetingRead(BaseModel):
    """A meeting, the facts of its recording and how far its processing has come."""

    id: uuid.UUID
    project_id: uuid.UUID
    created_by: uuid.UUID | None = Field(description="Who handed it in; null: that account is gone.")
    title: str
    tags: list[str]
    notes: str
    retention_days: int | None = Field(
        description="Days until it is deleted; null: as the project has it, 0: never."
    )
    expires_at: datetime | None = Field(
        description="When it is deleted by its own, the project's or the instance's retention; null: never."
    )
    status: MeetingStatus
    filename: str
    content_type: str = Field(description="By the file's content, whatever its name says.")
    size: int = Field(description="Bytes.")
    sha256: str | None = Field(description="Of the recording as uploaded.")
    duration: float | None = Field(description="Seconds.")
    format: str | None
    codec: str | None
    bitrate: int | None = Field(description="Bits a second.")
    sample_rate: int | None = Field(description="Hz.")
    channels: int | None
    has_video: bool
    language: str | None = Field(description="As asked for; null: find out.")
    speakers: int | None = Field(description="As asked for; null: count them.")
    spoken_language: str | None = Field(description="What the transcript is in.")
    speaker_names: list[str] = Field(description="Who speaks in the transcript.")
    options: dict[str, Any]
    revision: int | None = Field(description="The current transcript; null while there is none.")
    warnings: list[Notice]
    error_code: str | None
    error_message: str | None
    stage: str | None = Field(
        description="The stage that is running: convert, diarise, transcribe, fuse, publish; `waiting`: "
        "as many of the project's or the uploader's recordings are processed as may be."
    )
    progress: float | None = Field(description="How much of the stage is done, 0-1.")
    attempts: int = Field(description="How often processing was begun.")
    timings: dict[str, float] = Field(description="Seconds each finished stage took.")
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None

    @classmethod
    def of(cls, meeting: Meeting, job: Job | None, expires_at: datetime | None) -> Self:
        """The meeting with its newest job and the end of its retention."""
        own = {name: getattr(meeting, name) for name in cls.model_fields if name not in _NOT_ITS_OWN}
        return cls(
            **own,
            expires_at=expires_at,
            stage=job.stage if job else None,
            progress=job.progress if job else None,
            attempts=job.attempts if job else 0,
            timings=job.timings if job else {},
        )


_NOT_ITS_OWN = frozenset({"stage", "progress", "attempts", "timings", "expires_at"})


class MeetingUploaded(MeetingRead):
    """A meeting that was just handed in."""

    duplicates: list[uuid.UUID] = Field(
        description="Meetings of the project with the very same recording, newest first; nothing is refused."
    )

    @classmethod
    def told(
        cls, meeting: Meeting, job: Job, expires_at: datetime | None, duplicates: list[uuid.UUID]
    ) -> Self:
        """The meeting with its job and those that have the same recording."""
        return cls(**MeetingRead.of(meeting, job, expires_at).model_dump(), duplicates=duplicates)


class MeetingPage(BaseModel):
    """One page of meetings, newest first."""

    items: list[MeetingRead]
    next_cursor: str | None = Field(
        description="Give it back as `cursor` for the next page; null at the end."
    )


class MeetingPatch(WishFields):
    """What to change; what is left out stays. Wishes count from the next retry on."""

    title: Title | None = None
    tags: Tags | None = None
    notes: Text | None = None
    retention_days: RetentionDays | None = Field(
        default=None, description="0 keeps it for ever; null: as the project has it."
    )

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("name at least one thing to change")
        for name in ("title", "tags", "notes"):
            if name in self.model_fields_set and getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null")
        return self


class MeetingMove(Schema):
    """Where a meeting is to go."""

    project_id: uuid.UUID


class UploadFields(WishFields):
    """The fields of the upload form beside the file; HTML forms send empty ones for what is not set."""

    title: Annotated[Title | None, OrEmpty] = None
    project_id: Annotated[uuid.UUID | None, OrEmpty] = Field(
        default=None, description="Left out: your personal project, or the key's."
    )
    tags: Annotated[Tags | None, BeforeValidator(comma_separated), OrEmpty] = Field(
        default=None, description="Separated by commas."
    )
    options: Annotated[Json[EngineOptions] | None, OrEmpty] = Field(
        default=None,
        description="Options of the engines: a JSON object, each engine's under its name.",
        examples=['{"faster-whisper": {"beam_size": 5}}'],
    )
