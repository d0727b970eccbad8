"""Accounts: created, changed and removed, never without an administrator left."""

import uuid
from collections.abc import Sequence

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, Project, User, UserRole
from scribe_api.auth.service import end_all_sessions
from scribe_api.errors import EmailTaken, LastAdministrator, UserHasMeetings, UserNotFound
from scribe_api.security import hash_password
from scribe_api.users.schemas import UserPatch

log = structlog.get_logger(__name__)


async def list_all(session: AsyncSession) -> Sequence[User]:
    """Every account, by e-mail address."""
    return (await session.scalars(select(User).order_by(User.email))).all()


async def get(session: AsyncSession, user_id: uuid.UUID) -> User:
    """The account, locked for a change. Raises UserNotFound."""
    user = await session.get(User, user_id, with_for_update=True)
    if user is None:
        raise UserNotFound(user_id=str(user_id))
    return user


async def create(
    session: AsyncSession, email: str, password: str, *, name: str = "", role: UserRole = UserRole.OPERATOR
) -> User:
    """A new account. Raises EmailTaken."""
    user = User(email=email, name=name, role=role, password_hash=await hash_password(password))
    session.add(user)
    try:
        await session.flush()
    except IntegrityError as error:
        raise EmailTaken(email=email) from error
    log.info("user_created", user_id=str(user.id), role=role)
    return user


async def change(session: AsyncSession, user_id: uuid.UUID, patch: UserPatch) -> User:
    """Apply the patch. Raises UserNotFound, LastAdministrator.

    A new password and a switched-off account sign it out everywhere.
    """
    if patch.active is False or patch.role not in {None, UserRole.ADMIN}:
        await _require_another_administrator(session, user_id)
    user = await get(session, user_id)
    if patch.name is not None:
        user.name = patch.name
    if patch.role is not None:
        user.role = patch.role
    if patch.active is not None:
        user.active = patch.active
    if patch.password is not None:
        user.password_hash = await hash_password(patch.password)
    if patch.password is not None or patch.active is False:
        await end_all_sessions(session, user.id)
    await session.flush()
    return user


async def delete(session: AsyncSession, user_id: uuid.UUID) -> None:
    """Remove the account. Raises UserNotFound, LastAdministrator, UserHasMeetings."""
    await _require_another_administrator(session, user_id)
    user = await get(session, user_id)
    personal = select(Project.id).where(Project.personal_of == user.id).scalar_subquery()
    owned = await session.scalar(select(func.count()).where(Meeting.project_id == personal))
    if owned:
        raise UserHasMeetings(meetings=owned)
    await session.delete(user)
    log.info("user_deleted", user_id=str(user_id))


async def _require_another_administrator(session: AsyncSession, user_id: uuid.UUID) -> None:
    """Raise LastAdministrator if it is the only one; locked, so that two cannot demote each other."""
    administrators = await session.scalars(
        select(User.id).where(User.role == UserRole.ADMIN, User.active).order_by(User.id).with_for_update()
    )
    if set(administrators) == {user_id}:
        raise LastAdministrator
