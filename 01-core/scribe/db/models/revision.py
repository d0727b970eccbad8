"""The history of a meeting's transcript: one row a revision, newest by number."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base


class RevisionKind(StrEnum):
    """How a revision came to be."""

    MACHINE = "machine"
    EDIT = "edit"
    REPLACE = "replace"
    RESTORE = "restore"


class TranscriptRevision(Base):
    """Who made a revision, how, and where its document lies in S3.

    ``actor`` is what people recognise, and stays when the account is gone. ``suffix`` makes the document's
    key unlike that of anybody else who writes the same revision at the same time; None where the key is of
    a time when workers wrote without one. ``last_segment_id``: the highest id that a segment has had so far,
    so that no new one takes an old one's. ``summary`` counts what was done.
    """

    __tablename__ = "transcript_revisions"
    __table_args__ = (
        CheckConstraint("kind in ('machine', 'edit', 'replace', 'restore')", name="kind"),
        Index("ix_transcript_revisions_created_by", "created_by"),
    )

    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    actor: Mapped[str] = mapped_column(String(254))
    kind: Mapped[RevisionKind] = mapped_column(String(16))
    suffix: Mapped[str | None] = mapped_column(String(32))
    last_segment_id: Mapped[int]
    restored_from: Mapped[int | None]
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict)
