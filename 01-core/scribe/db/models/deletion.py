"""Objects that are to go: what a crash in the middle of an upload or a deletion must not leave behind."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base, Timestamped


class Deletion(Timestamped, Base):
    """The scheduler deletes every object below ``prefix`` once ``not_before`` has passed, then this row.

    An upload notes its prefix before the first byte and withdraws the note in the transaction that makes
    the meeting. Objects that nobody noted are never deleted: a database that was lost or restored from
    an old backup takes no recording with it.
    """

    __tablename__ = "deletions"

    prefix: Mapped[str] = mapped_column(String(1024), primary_key=True)
    not_before: Mapped[datetime] = mapped_column(index=True)
