"""HTTP for accounts: list, create, change, delete; administrators only."""

import uuid

from fastapi import APIRouter

from scribe_api.access.deps import Administrator, DbSession, DetachedAdministrator, GatewayDep
from scribe_api.auth.errors import SignInBusy
from scribe_api.errors import AdminsOnly, EmailTaken, LastAdministrator, UserHasMeetings, UserNotFound
from scribe_api.openapi import protected
from scribe_api.projects.errors import LastOwner
from scribe_api.security import hash_password
from scribe_api.users import service
from scribe_api.users.schemas import UserCreate, UserDetail, UserList, UserPatch, UserRead

router = APIRouter(prefix="/users", tags=["users"])


@router.get("", responses=protected(AdminsOnly))
async def list_users(_: Administrator, session: DbSession) -> UserList:
    """Every account of the instance."""
    return UserList(items=[UserRead.of(user) for user in await service.list_all(session)])


@router.post("", status_code=201, responses=protected(AdminsOnly, EmailTaken, SignInBusy))
async def create_user(body: UserCreate, gateway: GatewayDep, person: DetachedAdministrator) -> UserRead:
    """Create an account; tell its owner the password by another way."""
    hashed = await hash_password(body.password)
    async with gateway.database.transaction() as session:
        user = await service.create(session, body.email, hashed, name=body.name, role=body.role, by=person)
    return UserRead.of(user)


@router.get("/{user_id}", responses=protected(AdminsOnly, UserNotFound))
async def read_user(user_id: uuid.UUID, _: Administrator, session: DbSession) -> UserDetail:
    """One account with the limits that were set for it."""
    return UserDetail.told(await service.get(session, user_id))


@router.patch("/{user_id}", responses=protected(AdminsOnly, UserNotFound, LastAdministrator, SignInBusy))
async def change_user(
    user_id: uuid.UUID, body: UserPatch, gateway: GatewayDep, person: DetachedAdministrator
) -> UserRead:
    """Change the name, the role or the password, or switch the account off and on."""
    hashed = await hash_password(body.password) if body.password is not None else None
    async with gateway.database.transaction() as session:
        user = await service.change(session, user_id, body, hashed, person)
    return UserRead.of(user)


@router.delete(
    "/{user_id}",
    status_code=204,
    responses=protected(AdminsOnly, UserNotFound, LastAdministrator, LastOwner, UserHasMeetings),
)
async def delete_user(user_id: uuid.UUID, person: Administrator, session: DbSession) -> None:
    """Delete an account with an empty personal project and no other project to itself."""
    await service.delete(session, user_id, person)
