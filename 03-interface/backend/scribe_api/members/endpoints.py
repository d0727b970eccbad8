"""HTTP for the members of a project: list, take in, change the role, let go."""

import uuid

from fastapi import APIRouter

from scribe_api.access.deps import (
    CurrentPerson,
    DbSession,
    ManagedProject,
    VisibleProject,
    find_project,
)
from scribe_api.access.visibility import Permission
from scribe_api.errors import ProjectNotFound
from scribe_api.members import service
from scribe_api.members.schemas import MemberCreate, MemberList, MemberPatch, MemberRead
from scribe_api.openapi import protected
from scribe_api.projects.errors import (
    AddressUnknown,
    AlreadyMember,
    LastOwner,
    MemberNotFound,
    PersonalProject,
    ReaderOnly,
)

router = APIRouter(prefix="/projects/{project_id}/members", tags=["projects"])


@router.get("", responses=protected(ProjectNotFound))
async def list_members(project: VisibleProject, session: DbSession, _: CurrentPerson) -> MemberList:
    """Everybody in the project; for people, as addresses are no business of a program with a key."""
    return MemberList(items=await service.list_all(session, project))


@router.post(
    "",
    status_code=201,
    responses=protected(ProjectNotFound, PersonalProject, AddressUnknown, AlreadyMember, ReaderOnly),
)
async def add_member(
    project: ManagedProject, body: MemberCreate, session: DbSession, person: CurrentPerson
) -> MemberRead:
    """Take somebody who has an account into the project."""
    return await service.add(session, person, project, body)


@router.patch("/{user_id}", responses=protected(ProjectNotFound, MemberNotFound, LastOwner, ReaderOnly))
async def change_member(
    project: ManagedProject,
    user_id: uuid.UUID,
    body: MemberPatch,
    session: DbSession,
    person: CurrentPerson,
) -> MemberRead:
    """Give a member another role; it counts at once."""
    return await service.change(session, person, project, user_id, body.role)


@router.delete(
    "/{user_id}",
    status_code=204,
    responses=protected(ProjectNotFound, MemberNotFound, LastOwner, PersonalProject),
)
async def remove_member(
    project_id: uuid.UUID, user_id: uuid.UUID, session: DbSession, person: CurrentPerson
) -> None:
    """Let a member go; anybody may leave by removing oneself. Keys that the member made end with it."""
    needed = Permission.READ if user_id == person.user.id else Permission.MANAGE
    project = await find_project(session, person, project_id, needed, lock=True)
    await service.remove(session, person, project, user_id)
