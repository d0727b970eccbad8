"""People who sign in."""

import uuid
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base, Timestamped
from scribe.db.models.limits import Limited


class UserRole(StrEnum):
    """What a person may do on the whole instance.

    A viewer reads what others share, an operator works with recordings in projects, an administrator
    looks after accounts and limits, and has every project.
    """

    ADMIN = "admin"
    OPERATOR = "operator"
    VIEWER = "viewer"


class User(Limited, Timestamped, Base):
    """A person; the e-mail address is kept in lower case and is unique."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("role in ('admin', 'operator', 'viewer')", name="role"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[UserRole] = mapped_column(String(16), default=UserRole.OPERATOR)
    active: Mapped[bool] = mapped_column(default=True)
