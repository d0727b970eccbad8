"""HTTP for use and limits: what is used of what, and the limits that administrators set."""

import uuid

from fastapi import APIRouter

from scribe_api.access.deps import (
    Administrator,
    CurrentPerson,
    DbSession,
    GatewayDep,
    ManagedProject,
    VisibleProject,
)
from scribe_api.errors import AdminsOnly, ProjectNotFound, UserNotFound
from scribe_api.openapi import protected
from scribe_api.quotas import service
from scribe_api.quotas.schemas import LimitsBody, UsageRead
from scribe_api.users.service import get

router = APIRouter(tags=["usage"])


@router.get("/usage", responses=protected())
async def read_usage(session: DbSession, gateway: GatewayDep, person: CurrentPerson) -> UsageRead:
    """What you handed in, over all projects, and the limits of your account."""
    return await service.usage(session, gateway.settings.quotas, person.user)


@router.get("/projects/{project_id}/usage", responses=protected(ProjectNotFound))
async def read_project_usage(project: VisibleProject, session: DbSession, gateway: GatewayDep) -> UsageRead:
    """What the project uses, and its limits."""
    return await service.usage(session, gateway.settings.quotas, project)


@router.put("/projects/{project_id}/limits", responses=protected(AdminsOnly, ProjectNotFound))
async def set_project_limits(
    administrator: Administrator, project: ManagedProject, body: LimitsBody, session: DbSession
) -> LimitsBody:
    """Set what the project may use; administrators only."""
    return await service.set_limits(session, administrator, project, body)


@router.put("/users/{user_id}/limits", responses=protected(AdminsOnly, UserNotFound))
async def set_user_limits(
    administrator: Administrator, user_id: uuid.UUID, body: LimitsBody, session: DbSession
) -> LimitsBody:
    """Set what the account may use over all projects; administrators only."""
    return await service.set_limits(session, administrator, await get(session, user_id), body)
