"""Taking people into a project, changing what they are in it, letting them go; never the last owner.

Whoever changes members holds the project's row, so two owners cannot remove each other at once.
"""

import uuid

import structlog
from sqlalchemy import case, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import announce_after_commit
from scribe.db.models import ApiKey, Project, ProjectMember, ProjectRole, User, UserRole
from scribe.queue import AccessChanged
from scribe_api.access.principals import Person
from scribe_api.audit.trail import Act, note
from scribe_api.members.schemas import MemberCreate, MemberRead, shown
from scribe_api.projects.errors import (
    AddressUnknown,
    AlreadyMember,
    LastOwner,
    MemberNotFound,
    PersonalProject,
    ReaderOnly,
)

log = structlog.get_logger(__name__)

_ORDER = {ProjectRole.OWNER: 0, ProjectRole.EDITOR: 1, ProjectRole.VIEWER: 2}


async def list_all(session: AsyncSession, project: Project) -> list[MemberRead]:
    """Everybody in the project."""
    found = await session.execute(
        select(ProjectMember, User)
        .join(User, User.id == ProjectMember.user_id)
        .where(ProjectMember.project_id == project.id)
        .order_by(case(_ORDER, value=ProjectMember.role), User.email)
    )
    return [shown(member, user) for member, user in found]


async def add(session: AsyncSession, person: Person, project: Project, body: MemberCreate) -> MemberRead:
    """Take the account in. Raises PersonalProject, AddressUnknown, AlreadyMember, ReaderOnly."""
    if project.personal_of is not None:
        raise PersonalProject
    user = await session.scalar(select(User).where(User.email == body.email).with_for_update(read=True))
    if user is None:
        raise AddressUnknown
    if await session.get(ProjectMember, (project.id, user.id)) is not None:
        raise AlreadyMember
    _require_able(user, body.role)
    member = ProjectMember(project_id=project.id, user_id=user.id, role=body.role)
    session.add(member)
    await session.flush()
    _tell(session, person, member)
    return shown(member, user)


async def change(
    session: AsyncSession, person: Person, project: Project, user_id: uuid.UUID, role: ProjectRole
) -> MemberRead:
    """Give the member another role. Raises MemberNotFound, LastOwner, ReaderOnly."""
    member, user = await _find(session, project, user_id)
    if role is not ProjectRole.OWNER:
        await require_another_owner(session, project.id, user_id)
    _require_able(user, role)
    member.role = role
    await session.flush()
    _tell(session, person, member)
    return shown(member, user)


async def remove(session: AsyncSession, person: Person, project: Project, user_id: uuid.UUID) -> None:
    """Let the member go and end the keys that it made: they would come back to life with the member.

    Raises MemberNotFound, LastOwner, PersonalProject.
    """
    member, _ = await _find(session, project, user_id)
    if project.personal_of is not None:
        raise PersonalProject
    await require_another_owner(session, project.id, user_id)
    await session.delete(member)
    await session.execute(
        update(ApiKey)
        .where(ApiKey.project_id == project.id, ApiKey.created_by == user_id, ApiKey.revoked_at.is_(None))
        .values(revoked_at=func.now())
        .execution_options(synchronize_session=False)
    )
    announce_after_commit(session, AccessChanged(user_ids=(user_id,)))
    note(session, person, Act.MEMBER_REMOVED, project_id=project.id, subject=user_id)
    log.info("member_removed", project_id=str(project.id), user_id=str(user_id))


async def require_another_owner(session: AsyncSession, project_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Raises LastOwner where this person owns the project and nobody else could manage it.

    The project's row must be locked. An owner who cannot sign in, or may only read, manages nothing.
    """
    owners = await session.scalars(
        select(ProjectMember.user_id)
        .join(User, User.id == ProjectMember.user_id)
        .where(ProjectMember.project_id == project_id, ProjectMember.role == ProjectRole.OWNER)
        .where((User.id == user_id) | (User.active & (User.role != UserRole.VIEWER)))
    )
    if set(owners) == {user_id}:
        raise LastOwner


async def _find(session: AsyncSession, project: Project, user_id: uuid.UUID) -> tuple[ProjectMember, User]:
    found = await session.execute(
        select(ProjectMember, User)
        .join(User, User.id == ProjectMember.user_id)
        .where(ProjectMember.project_id == project.id, ProjectMember.user_id == user_id)
    )
    row = found.one_or_none()
    if row is None:
        raise MemberNotFound(user_id=str(user_id))
    member, user = row
    return member, user


def _require_able(user: User, role: ProjectRole) -> None:
    if user.role == UserRole.VIEWER and role is not ProjectRole.VIEWER:
        raise ReaderOnly


def _tell(session: AsyncSession, person: Person, member: ProjectMember) -> None:
    announce_after_commit(session, AccessChanged(user_ids=(member.user_id,)))
    note(
        session,
        person,
        Act.MEMBER_SET,
        project_id=member.project_id,
        subject=member.user_id,
        role=str(member.role),
    )
    log.info(
        "member_set", project_id=str(member.project_id), user_id=str(member.user_id), role=str(member.role)
    )
