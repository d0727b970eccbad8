"""Uploads that outlive their connections and the processes that serve them."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base, Timestamped


class UploadKind(StrEnum):
    """What the bytes are: a recording, a piece of one, or a recording made of such pieces."""

    WHOLE = "whole"
    PARTIAL = "partial"
    FINAL = "final"


class UploadState(StrEnum):
    """Where an upload stands.

    OPEN takes bytes; RECEIVED has them all and is being made a meeting; DONE is one, or a whole piece.
    """

    OPEN = "OPEN"
    RECEIVED = "RECEIVED"
    DONE = "DONE"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"


class Upload(Timestamped, Base):
    """One upload and how far it has come; what lies in S3 beyond ``received`` does not count.

    ``created_by``, ``family_id`` (the session it was begun in) and ``api_key_id`` say whose it is; none of
    them: the instance's own services. ``fields`` are those of the upload form, as sent; ``announced`` is
    the Upload-Metadata header, which tus wants back as it came. ``length`` is None while the client has
    not told it. All S3 parts but the last have ``part_size`` bytes; ``tail_key`` holds what fills none
    yet. ``attempts`` counts how often it failed to become a meeting. ``lease_owner`` is new for every request
    that writes, so it fences.
    """

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint("kind in ('whole','partial','final')", name="kind"),
        CheckConstraint("state in ('OPEN','RECEIVED','DONE','FAILED','EXPIRED')", name="state"),
        CheckConstraint("received >= 0 and received <= length", name="received"),
        Index("ix_uploads_expires_at", "expires_at"),
        Index("ix_uploads_received", "lease_until", postgresql_where=text("state = 'RECEIVED'")),
        Index("ix_uploads_project_id", "project_id"),
        Index("ix_uploads_created_by", "created_by"),
        Index("ix_uploads_api_key_id", "api_key_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    kind: Mapped[UploadKind] = mapped_column(String(16), default=UploadKind.WHOLE)
    state: Mapped[UploadState] = mapped_column(String(16), default=UploadState.OPEN)
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    family_id: Mapped[uuid.UUID | None]
    api_key_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("api_keys.id", ondelete="CASCADE"))
    meeting_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)

    filename: Mapped[str] = mapped_column(String(1024))
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    announced: Mapped[str | None] = mapped_column(Text)
    pieces: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid), default=list)

    key: Mapped[str] = mapped_column(String(1024))
    content_type: Mapped[str | None] = mapped_column(String(100))
    length: Mapped[int | None] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    part_size: Mapped[int] = mapped_column(BigInteger)
    storage_id: Mapped[str | None] = mapped_column(String(1024))
    tail_key: Mapped[str | None] = mapped_column(String(1024))

    sha256: Mapped[str | None] = mapped_column(String(64))
    duplicates: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid), default=list)
    attempts: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_message: Mapped[str | None] = mapped_column(String(2000))

    lease_owner: Mapped[uuid.UUID | None]
    lease_until: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class UploadPart(Base):
    """A part that lies in S3, with the entity tag that completing the upload takes; numbers begin at 1."""

    __tablename__ = "upload_parts"

    upload_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("uploads.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    etag: Mapped[str] = mapped_column(String(200))
