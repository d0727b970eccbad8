"""Keys with which programs act in one project."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base, Timestamped


class Scope(StrEnum):
    """What a key may do in its project; managing members, keys and limits takes a person."""

    READ = "read"
    UPLOAD = "upload"
    EDIT = "edit"
    DELETE = "delete"


class ApiKey(Timestamped, Base):
    """A key; only its SHA-256 is stored, and ``prefix`` is what people recognise it by.

    ``created_by`` is in whose name it acts: the key ends with that person's account or membership.
    """

    __tablename__ = "api_keys"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"), index=True)
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    prefix: Mapped[str] = mapped_column(String(16))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String(16)))
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
