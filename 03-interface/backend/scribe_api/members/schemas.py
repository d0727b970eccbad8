"""Members of a project as its members see them."""

import uuid
from datetime import datetime

from pydantic import BaseModel, Field

from scribe.db.models import ProjectMember, ProjectRole, User, UserRole
from scribe_api.schemas import Email, Schema


class MemberRead(BaseModel):
    """A person in a project."""

    user_id: uuid.UUID
    email: str
    name: str
    role: ProjectRole
    instance_role: UserRole = Field(description="A `viewer` only reads, whatever the role in the project.")
    active: bool = Field(description="Whether the account can sign in.")
    since: datetime


class MemberList(BaseModel):
    """Everybody in the project: owners, editors, viewers, each by e-mail address."""

    items: list[MemberRead]


class MemberCreate(Schema):
    """Whom to take in, and as what."""

    email: Email
    role: ProjectRole


class MemberPatch(Schema):
    """What the member is to be from now on."""

    role: ProjectRole


def shown(member: ProjectMember, user: User) -> MemberRead:
    """The member as others see it."""
    return MemberRead(
        user_id=user.id,
        email=user.email,
        name=user.name,
        role=member.role,
        instance_role=user.role,
        active=user.active,
        since=member.created_at,
    )
