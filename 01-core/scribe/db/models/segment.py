"""The full-text index of transcripts; one command rebuilds it from S3."""

import uuid

from sqlalchemy import Computed, ForeignKey, Index, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base


class Segment(Base):
    """One segment of a meeting's current transcript. Times in seconds from the start of the audio.

    ``segment_id`` is the segment's id in the document. ``language`` is the segment's own or, where it has
    none, the transcript's; it decides how words are stemmed.
    """

    __tablename__ = "segments"
    __table_args__ = (Index("ix_segments_search", "search", postgresql_using="gin"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True
    )
    segment_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start: Mapped[float]
    end: Mapped[float]
    speaker: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(35))
    text: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("scribe_document(text, language)", persisted=True), deferred=True
    )
