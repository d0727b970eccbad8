"""What a caller sees and may do: the one filter through which every query for meetings goes."""

import uuid
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, literal, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from scribe.db.models import Meeting, Project, ProjectMember, ProjectRole, Scope, User, UserRole
from scribe_api.access.principals import KeyHolder, Person, Principal, Service


class Permission(StrEnum):
    """What can be allowed in a project."""

    READ = "read"
    UPLOAD = "upload"
    EDIT = "edit"
    DELETE = "delete"
    MANAGE = "manage"


_WORK = frozenset({Permission.READ, Permission.UPLOAD, Permission.EDIT, Permission.DELETE})
_EVERYTHING = frozenset(Permission)
_OF_ROLE = {
    ProjectRole.VIEWER: frozenset({Permission.READ}),
    ProjectRole.EDITOR: _WORK,
    ProjectRole.OWNER: _EVERYTHING,
}
_OF_SCOPE = {
    Scope.READ: Permission.READ,
    Scope.UPLOAD: Permission.UPLOAD,
    Scope.EDIT: Permission.EDIT,
    Scope.DELETE: Permission.DELETE,
}


def sees(
    principal: Principal, project_id: InstrumentedAttribute[uuid.UUID] | ColumnElement[uuid.UUID]
) -> ColumnElement[bool]:
    """The condition under which a row of the project is the caller's to know of."""
    match principal:
        case Service():
            return true()
        case KeyHolder(key=key):
            return project_id == literal(key.project_id)
        case Person(user=user):
            if principal.is_admin:
                return true()
            return project_id.in_(select(ProjectMember.project_id).where(ProjectMember.user_id == user.id))


def visible_meetings(principal: Principal) -> Select[Meeting]:
    """Every query for meetings begins with this one."""
    return select(Meeting).where(sees(principal, Meeting.project_id))


def visible_projects(principal: Principal) -> Select[Project]:
    """Every query for projects begins with this one."""
    return select(Project).where(sees(principal, Project.id))


async def permissions(
    session: AsyncSession, principal: Principal, project_id: uuid.UUID
) -> frozenset[Permission]:
    """What the caller may do in the project; nothing where it does not see it.

    A key may what its scopes say, and never more than whoever made it may by now.
    """
    match principal:
        case Service():
            return _WORK
        case KeyHolder(key=key):
            if key.project_id != project_id:
                return frozenset()
            maker = await session.get(User, key.created_by)
            if maker is None:
                return frozenset()
            role = await membership(session, maker.id, project_id)
            return of_role(maker.role, role) & {_OF_SCOPE[scope] for scope in principal.scopes}
        case Person(user=user):
            return of_role(user.role, await membership(session, user.id, project_id))


def of_role(on_the_instance: UserRole, in_the_project: ProjectRole | None) -> frozenset[Permission]:
    """What an account with these roles may do in the project; the role on the instance bounds the other."""
    if on_the_instance == UserRole.ADMIN:
        return _EVERYTHING
    if in_the_project is None:
        return frozenset()
    allowed = _OF_ROLE[in_the_project]
    return allowed & _OF_ROLE[ProjectRole.VIEWER] if on_the_instance == UserRole.VIEWER else allowed


async def membership(session: AsyncSession, user_id: uuid.UUID, project_id: uuid.UUID) -> ProjectRole | None:
    """The account's role in the project; None: it is no member."""
    role = await session.scalar(
        select(ProjectMember.role).where(
            ProjectMember.project_id == project_id, ProjectMember.user_id == user_id
        )
    )
    return None if role is None else ProjectRole(role)


async def visible_project_ids(session: AsyncSession, principal: Principal) -> frozenset[uuid.UUID] | None:
    """The projects that the caller sees, for filtering what is not in the database; None: all."""
    match principal:
        case Service():
            return None
        case KeyHolder(key=key):
            return frozenset({key.project_id})
        case Person(user=user):
            if principal.is_admin:
                return None
            mine = select(ProjectMember.project_id).where(ProjectMember.user_id == user.id)
            return frozenset(await session.scalars(mine))
