"""HTTP for projects: list, found, read, change, delete."""

from typing import Annotated

from fastapi import APIRouter, Query

from scribe_api.access.deps import (
    CurrentPerson,
    CurrentPrincipal,
    DbSession,
    ManagedProject,
    VisibleProject,
)
from scribe_api.errors import OperatorsOnly, ProjectNotFound
from scribe_api.openapi import protected
from scribe_api.projects import service
from scribe_api.projects.errors import PersonalProject, ProjectHasMeetings
from scribe_api.projects.schemas import ProjectCreate, ProjectList, ProjectPatch, ProjectRead

router = APIRouter(prefix="/projects", tags=["projects"])


@router.get("", responses=protected())
async def list_projects(session: DbSession, person: CurrentPerson) -> ProjectList:
    """The projects you are in; administrators see all."""
    return ProjectList(items=await service.list_all(session, person))


@router.post("", status_code=201, responses=protected(OperatorsOnly))
async def create_project(body: ProjectCreate, session: DbSession, person: CurrentPerson) -> ProjectRead:
    """Found a project; you own it."""
    return await service.describe(session, person, await service.create(session, person, body))


@router.get("/{project_id}", responses=protected(ProjectNotFound))
async def read_project(
    project: VisibleProject, session: DbSession, principal: CurrentPrincipal
) -> ProjectRead:
    """One project, and what you may do in it."""
    return await service.describe(session, principal, project)


@router.patch("/{project_id}", responses=protected(ProjectNotFound))
async def change_project(
    project: ManagedProject, body: ProjectPatch, session: DbSession, principal: CurrentPrincipal
) -> ProjectRead:
    """Change the name, the retention, the glossary, or what is asked of the engines from now on."""
    await service.change(session, principal, project, body)
    return await service.describe(session, principal, project)


@router.delete(
    "/{project_id}",
    status_code=204,
    responses=protected(ProjectNotFound, PersonalProject, ProjectHasMeetings),
)
async def delete_project(
    project: ManagedProject,
    session: DbSession,
    principal: CurrentPrincipal,
    with_meetings: Annotated[bool, Query(description="Delete its meetings as well.")] = False,
) -> None:
    """Delete the project with its keys and memberships; its recordings go some minutes later."""
    await service.delete(session, principal, project, with_meetings=with_meetings)
