"""HTTP for the API keys of a project: list, make, revoke."""

import uuid

from fastapi import APIRouter, Response

from scribe_api.access.deps import CurrentPerson, DbSession, ManagedProject, OverseenProject
from scribe_api.errors import ProjectNotFound
from scribe_api.keys import service
from scribe_api.keys.errors import KeyNotFound, TooManyKeys
from scribe_api.keys.schemas import KeyCreate, KeyCreated, KeyList, KeyRead
from scribe_api.openapi import protected

router = APIRouter(prefix="/projects/{project_id}/keys", tags=["projects"])


@router.get("", responses=protected(ProjectNotFound))
async def list_keys(project: OverseenProject, session: DbSession) -> KeyList:
    """The project's keys, without what would let anybody use them."""
    return KeyList(items=[KeyRead.of(key) for key in await service.list_all(session, project)])


@router.post("", status_code=201, responses=protected(ProjectNotFound, TooManyKeys))
async def create_key(
    project: ManagedProject, body: KeyCreate, response: Response, session: DbSession, person: CurrentPerson
) -> KeyCreated:
    """Make a key; the answer shows it this once."""
    response.headers["Cache-Control"] = "no-store"
    return await service.create(session, person, project, body)


@router.delete("/{key_id}", status_code=204, responses=protected(ProjectNotFound, KeyNotFound))
async def revoke_key(
    project: ManagedProject, key_id: uuid.UUID, session: DbSession, person: CurrentPerson
) -> None:
    """End the key at once."""
    await service.revoke(session, person, project, key_id)
