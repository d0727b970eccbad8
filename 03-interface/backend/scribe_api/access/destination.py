"""Which project a new recording goes to."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Project, UserRole
from scribe.projects import personal_project
from scribe_api.access.deps import find_project
from scribe_api.access.principals import KeyHolder, Person, Principal
from scribe_api.access.visibility import Permission
from scribe_api.errors import ProjectRequired, RoleTooSmall


async def destination(session: AsyncSession, principal: Principal, project_id: uuid.UUID | None) -> Project:
    """The named project; without a name a key's own, or a person's personal one.

    Raises ProjectNotFound, RoleTooSmall, ScopeTooSmall, and ProjectRequired where nobody's is meant.
    """
    if project_id is None and isinstance(principal, KeyHolder):
        project_id = principal.key.project_id
    if project_id is not None:
        return await find_project(session, principal, project_id, Permission.UPLOAD)
    if not isinstance(principal, Person):
        raise ProjectRequired
    if principal.user.role == UserRole.VIEWER:
        raise RoleTooSmall(needed=str(Permission.UPLOAD))
    return await personal_project(session, principal.user)
