"""The project that everybody has: where recordings go when nobody names another."""

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import announce_after_commit
from scribe.db.models import Project, ProjectMember, ProjectRole, User
from scribe.queue import AccessChanged

NAME = "Personal"


async def personal_project(session: AsyncSession, user: User) -> Project:
    """The person's own project, made when it is first asked for; of two who ask at once, one makes it."""
    made = insert(Project).values(name=NAME, personal_of=user.id).on_conflict_do_nothing()
    project_id = await session.scalar(made.returning(Project.id))
    if project_id is not None:
        session.add(ProjectMember(project_id=project_id, user_id=user.id, role=ProjectRole.OWNER))
        await session.flush()
        announce_after_commit(session, AccessChanged(user_ids=(user.id,)))
    return (await session.scalars(select(Project).where(Project.personal_of == user.id))).one()
