"""Recordings and what became of them."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Computed, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import ARRAY, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base, Timestamped


class MeetingStatus(StrEnum):
    """The names that users see."""

    UPLOADING = "UPLOADING"
    PENDING = "PENDING"
    PROCESSING = "PROCESSING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class Meeting(Timestamped, Base):
    """A recording, its media metadata and the revision of its transcript that is current.

    ``language`` and ``speakers`` are what was asked for (None: find out), ``spoken_language`` what the
    transcript is in. ``retention_days``: None as the project has it, 0 for ever. ``sha256`` is of the
    recording as uploaded. ``speaker_names`` are those of the current transcript.
    ``processing_seconds`` is how long the stages of its last finished job took. The columns at the end are
    PostgreSQL's own: what titles, tags and notes are searched by, what lists are sorted by, and the
    language spoken, or as long as that is not known the one asked for, without its region.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint(
            "status in ('UPLOADING','PENDING','PROCESSING','COMPLETED','FAILED','CANCELLED')", name="status"
        ),
        CheckConstraint("retention_days >= 0", name="retention_days"),
        Index("ix_meetings_project_newest", "project_id", text("created_at DESC"), text("id DESC")),
        Index("ix_meetings_newest", text("created_at DESC"), text("id DESC")),
        Index("ix_meetings_sha256", "project_id", "sha256"),
        Index("ix_meetings_created_by", "created_by"),
        Index(
            "ix_meetings_totals",
            "project_id",
            "status",
            postgresql_include=["duration", "size", "processing_seconds", "main_language"],
        ),
        Index("ix_meetings_tags", "tags", postgresql_using="gin"),
        Index("ix_meetings_speaker_names", "speaker_names", postgresql_using="gin"),
        Index("ix_meetings_search", "search", postgresql_using="gin"),
        Index("ix_meetings_title_key", "title_key", "id"),
        Index("ix_meetings_duration_key", "duration_key", "id"),
        Index("ix_meetings_project_title_key", "project_id", "title_key", "id"),
        Index("ix_meetings_project_duration_key", "project_id", "duration_key", "id"),
        Index("ix_meetings_language_newest", "main_language", text("created_at DESC"), text("id DESC")),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("projects.id", ondelete="RESTRICT"))
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(300))
    status: Mapped[MeetingStatus] = mapped_column(String(16), default=MeetingStatus.PENDING)
    tags: Mapped[list[str]] = mapped_column(ARRAY(String(50)), default=list)
    notes: Mapped[str] = mapped_column(String(20_000), default="")
    retention_days: Mapped[int | None]

    filename: Mapped[str] = mapped_column(String(1024))
    source_key: Mapped[str] = mapped_column(String(1024))
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    duration: Mapped[float | None]
    format: Mapped[str | None] = mapped_column(String(100))
    codec: Mapped[str | None] = mapped_column(String(50))
    bitrate: Mapped[int | None] = mapped_column(BigInteger)
    sample_rate: Mapped[int | None]
    channels: Mapped[int | None]
    has_video: Mapped[bool] = mapped_column(default=False)

    language: Mapped[str | None] = mapped_column(String(16))
    speakers: Mapped[int | None]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)

    revision: Mapped[int | None]
    spoken_language: Mapped[str | None] = mapped_column(String(35))
    speaker_names: Mapped[list[str]] = mapped_column(ARRAY(String(200)), default=list)
    processing_seconds: Mapped[float | None]
    warnings: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_message: Mapped[str | None] = mapped_column(String(2000))
    completed_at: Mapped[datetime | None]

    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("scribe_about(title, tags, notes)", persisted=True), deferred=True
    )
    title_key: Mapped[str] = mapped_column(
        String(100), Computed("left(scribe_fold(title), 100)", persisted=True)
    )
    duration_key: Mapped[float] = mapped_column(Computed("coalesce(duration, 0)", persisted=True))
    main_language: Mapped[str | None] = mapped_column(
        String(35), Computed("lower(split_part(coalesce(spoken_language, language), '-', 1))", persisted=True)
    )
