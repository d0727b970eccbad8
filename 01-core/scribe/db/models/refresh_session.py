"""Signed-in sessions: one row a refresh token, tied together in families."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, String, func
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base, Timestamped


class RefreshSession(Timestamped, Base):
    """A refresh token that was handed out; only its SHA-256 is stored.

    Each refresh uses up one row and adds the next of the same ``family_id``. A used token that
    comes back means that it was stolen: the whole family is revoked. ``began_at`` is when the family
    signed in, ``address`` where this row was handed out to.
    """

    __tablename__ = "refresh_sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    family_id: Mapped[uuid.UUID] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(String(400), default="")
    address: Mapped[str | None] = mapped_column(String(64))
    began_at: Mapped[datetime] = mapped_column(server_default=func.now())
