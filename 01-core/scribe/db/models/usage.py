"""What was handed in, kept when the meeting is gone: limits of a month must not be reset by deleting."""

import uuid

from sqlalchemy import BigInteger, ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base, Timestamped


class Usage(Timestamped, Base):
    """One recording that was handed in: its bytes and the seconds of its audio."""

    __tablename__ = "usage"
    __table_args__ = (
        Index("ix_usage_project", "project_id", "created_at", postgresql_include=["seconds", "size"]),
        Index("ix_usage_user", "user_id", "created_at", postgresql_include=["seconds", "size"]),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    meeting_id: Mapped[uuid.UUID]
    seconds: Mapped[float]
    size: Mapped[int] = mapped_column(BigInteger)
