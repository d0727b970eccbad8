"""The full-text index of transcripts; one command rebuilds it from S3."""

import uuid

from sqlalchemy import BigInteger, Computed, ForeignKey, Identity, Index, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base


class Segment(Base):
    """One segment of a meeting's current transcript. Times in seconds from the start of the audio."""

    __tablename__ = "segments"
    __table_args__ = (
        Index("uq_segments_position", "meeting_id", "position", unique=True),
        Index("ix_segments_search", "search", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    position: Mapped[int]
    start: Mapped[float]
    end: Mapped[float]
    speaker: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(
        TSVECTOR, Computed("to_tsvector('simple', scribe_fold(text))", persisted=True)
    )
