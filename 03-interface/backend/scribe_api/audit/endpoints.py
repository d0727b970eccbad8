"""HTTP for the audit log: of the instance for administrators, of a project for its owners."""

from typing import Annotated

from fastapi import APIRouter, Query

from scribe_api.access.deps import Administrator, DbSession, OverseenProject
from scribe_api.audit import service
from scribe_api.audit.schemas import AuditPage, AuditQuery
from scribe_api.errors import AdminsOnly, ProjectNotFound
from scribe_api.openapi import protected

router = APIRouter(tags=["audit"])


@router.get("/audit", responses=protected(AdminsOnly))
async def read_audit(
    _: Administrator, session: DbSession, asked: Annotated[AuditQuery, Query()]
) -> AuditPage:
    """Who did what on this instance, the newest first."""
    return await service.page(session, asked)


@router.get("/projects/{project_id}/audit", responses=protected(ProjectNotFound))
async def read_project_audit(
    project: OverseenProject, session: DbSession, asked: Annotated[AuditQuery, Query()]
) -> AuditPage:
    """Who did what in this project, the newest first."""
    return await service.page(session, asked, project.id)
