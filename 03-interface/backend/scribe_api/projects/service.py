"""What can be done to projects: list, found, describe, change, delete."""

import uuid

import structlog
from pydantic import JsonValue, ValidationError
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import announce_after_commit
from scribe.db.models import Meeting, Project, ProjectMember, ProjectRole, UserRole
from scribe.queue import AccessChanged
from scribe_api.access.principals import Person, Principal
from scribe_api.access.visibility import membership, of_role, permissions, visible_meetings, visible_projects
from scribe_api.audit.trail import Act, note
from scribe_api.errors import OperatorsOnly, ProjectNotFound
from scribe_api.meetings import service as meetings
from scribe_api.projects.errors import PersonalProject, ProjectHasMeetings
from scribe_api.projects.schemas import ProjectCreate, ProjectPatch, ProjectRead, shown
from scribe_api.rendering import invalid_request

log = structlog.get_logger(__name__)


async def list_all(session: AsyncSession, person: Person) -> list[ProjectRead]:
    """The projects that the person sees, the personal one first, then by name."""
    mine = (
        select(ProjectMember.project_id, ProjectMember.role)
        .where(ProjectMember.user_id == person.user.id)
        .subquery()
    )
    found = await session.execute(
        visible_projects(person)
        .add_columns(mine.c.role)
        .outerjoin(mine, mine.c.project_id == Project.id)
        .order_by(
            func.coalesce(Project.personal_of == person.user.id, False).desc(), Project.name, Project.id
        )
    )
    counted = await session.execute(
        visible_meetings(person)
        .with_only_columns(Meeting.project_id, func.count())
        .group_by(Meeting.project_id)
    )
    meetings_of: dict[uuid.UUID, int] = dict(iter(counted))
    return [
        shown(project, role, of_role(person.user.role, role), meetings_of.get(project.id, 0))
        for project, role in ((row[0], None if row[1] is None else ProjectRole(row[1])) for row in found)
    ]


async def create(session: AsyncSession, person: Person, body: ProjectCreate) -> Project:
    """A new project that the person owns. Raises OperatorsOnly, InvalidRequest."""
    if person.user.role == UserRole.VIEWER:
        raise OperatorsOnly
    project = Project(name=body.name)
    _apply(project, body)
    session.add(project)
    await session.flush()
    session.add(ProjectMember(project_id=project.id, user_id=person.user.id, role=ProjectRole.OWNER))
    await session.flush()
    announce_after_commit(session, AccessChanged(user_ids=(person.user.id,)))
    note(session, person, Act.PROJECT_CREATED, project_id=project.id, subject=project.id, name=project.name)
    log.info("project_created", project_id=str(project.id))
    return project


async def describe(session: AsyncSession, principal: Principal, project: Project) -> ProjectRead:
    """The project as the caller sees it."""
    role = await membership(session, principal.user.id, project.id) if isinstance(principal, Person) else None
    allowed = await permissions(session, principal, project.id)
    return shown(project, role, allowed, await _meetings_in(session, project))


async def change(session: AsyncSession, principal: Principal, project: Project, patch: ProjectPatch) -> None:
    """Apply the patch. Raises InvalidRequest where its wishes do not fit those that are there."""
    if patch.name is not None:
        project.name = patch.name
    _apply(project, patch)
    await session.flush()
    changed: list[JsonValue] = [*sorted(patch.model_fields_set)]
    note(
        session,
        principal,
        Act.PROJECT_CHANGED,
        project_id=project.id,
        subject=project.id,
        fields=changed,
    )


def _apply(project: Project, fields: ProjectCreate | ProjectPatch) -> None:
    if fields.description is not None:
        project.description = fields.description
    if fields.glossary is not None:
        project.glossary = [entry.model_dump() for entry in fields.glossary]
    if "retention_days" in fields.model_fields_set:
        project.retention_days = fields.retention_days
    try:
        project.language, project.options = fields.wishes(
            {**(project.options or {}), "language": project.language}
        )
    except ValidationError as error:
        raise invalid_request(error) from error


async def delete(
    session: AsyncSession, principal: Principal, project: Project, *, with_meetings: bool
) -> None:
    """Remove the project with its meetings, where that is wished.

    The row is locked against new meetings first. Raises PersonalProject, ProjectHasMeetings.
    """
    if project.personal_of is not None:
        raise PersonalProject
    locked = select(Project.id).where(Project.id == project.id).with_for_update()
    if await session.scalar(locked) is None:
        raise ProjectNotFound(project_id=str(project.id))
    if not with_meetings and (inside := await _meetings_in(session, project)):
        raise ProjectHasMeetings(meetings=inside)
    deleted = await meetings.delete_all(session, project.id)
    members = await session.scalars(
        select(ProjectMember.user_id).where(ProjectMember.project_id == project.id)
    )
    announce_after_commit(session, AccessChanged(user_ids=tuple(members)))
    note(
        session,
        principal,
        Act.PROJECT_DELETED,
        subject=project.id,
        name=project.name,
        meetings=deleted,
    )
    await session.delete(project)
    await session.flush()
    log.info("project_deleted", project_id=str(project.id), meetings=deleted)


async def _meetings_in(session: AsyncSession, project: Project) -> int:
    count = await session.scalar(select(func.count()).where(Meeting.project_id == project.id))
    return count or 0
