"""Projects: who shares which meetings, and what is asked of the engines where nobody says otherwise."""

import uuid
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from scribe.db.base import Base, Timestamped
from scribe.db.models.limits import Limited


class ProjectRole(StrEnum):
    """What a member may do: a viewer reads, an editor uploads and changes, an owner manages the project."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"


class Project(Limited, Timestamped, Base):
    """A circle of people with their meetings and API keys.

    ``personal_of`` is whose personal project it is: made when first needed, never shared, never deleted
    before its account. ``options`` are wishes (``scribe.wishes``) that hold for every meeting of the
    project unless the upload says otherwise. ``glossary`` pairs what engines hear with what is meant.
    """

    __tablename__ = "projects"
    __table_args__ = (CheckConstraint("retention_days > 0", name="retention_days"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(String(2000), default="")
    personal_of: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), unique=True
    )
    language: Mapped[str | None] = mapped_column(String(16))
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    glossary: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    retention_days: Mapped[int | None]


class ProjectMember(Timestamped, Base):
    """One person's role in one project."""

    __tablename__ = "project_members"
    __table_args__ = (
        CheckConstraint("role in ('owner', 'editor', 'viewer')", name="role"),
        Index("ix_project_members_user_id", "user_id"),
    )

    project_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("projects.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[ProjectRole] = mapped_column(String(16))
