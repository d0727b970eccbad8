"""HTTP for accounts: list, create, change, delete; administrators only."""

import uuid

from fastapi import APIRouter, Depends

from scribe_api.access.deps import DbSession, administrator
from scribe_api.errors import AdminsOnly, EmailTaken, LastAdministrator, UserHasMeetings, UserNotFound
from scribe_api.openapi import protected
from scribe_api.users import service
from scribe_api.users.schemas import UserCreate, UserList, UserPatch, UserRead

router = APIRouter(prefix="/users", tags=["users"], dependencies=[Depends(administrator, scope="function")])


@router.get("", responses=protected(AdminsOnly))
async def list_users(session: DbSession) -> UserList:
    """Every account of the instance."""
    return UserList(items=[UserRead.of(user) for user in await service.list_all(session)])


@router.post("", status_code=201, responses=protected(AdminsOnly, EmailTaken))
async def create_user(body: UserCreate, session: DbSession) -> UserRead:
    """Create an account; tell its owner the password by another way."""
    return UserRead.of(
        await service.create(session, body.email, body.password, name=body.name, role=body.role)
    )


@router.get("/{user_id}", responses=protected(AdminsOnly, UserNotFound))
async def read_user(user_id: uuid.UUID, session: DbSession) -> UserRead:
    """One account."""
    return UserRead.of(await service.get(session, user_id))


@router.patch("/{user_id}", responses=protected(AdminsOnly, UserNotFound, LastAdministrator))
async def change_user(user_id: uuid.UUID, body: UserPatch, session: DbSession) -> UserRead:
    """Change the name, the role or the password, or switch the account off and on."""
    return UserRead.of(await service.change(session, user_id, body))


@router.delete(
    "/{user_id}",
    status_code=204,
    responses=protected(AdminsOnly, UserNotFound, LastAdministrator, UserHasMeetings),
)
async def delete_user(user_id: uuid.UUID, session: DbSession) -> None:
    """Delete an account that owns no meetings."""
    await service.delete(session, user_id)
