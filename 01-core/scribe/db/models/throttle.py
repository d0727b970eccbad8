"""How often somebody came with a wrong password, and when the next try is looked at."""

from datetime import datetime

from sqlalchemy import String, func
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base


class Throttle(Base):
    """One counter. ``key`` is a SHA-256 of what is counted: people type passwords into the wrong field."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    counted_at: Mapped[datetime] = mapped_column(server_default=func.now(), index=True)
    not_before: Mapped[datetime] = mapped_column(server_default=func.now())
