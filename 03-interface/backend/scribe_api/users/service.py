"""Accounts: created, changed and removed, never without an administrator left."""

import uuid
from collections.abc import Sequence

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import announce_after_commit
from scribe.db.models import Meeting, Project, ProjectMember, ProjectRole, User, UserRole
from scribe.queue import AccessChanged
from scribe_api.access.principals import Person
from scribe_api.audit.trail import Act, note
from scribe_api.auth.service import end_all_sessions
from scribe_api.errors import EmailTaken, LastAdministrator, UserHasMeetings, UserNotFound
from scribe_api.members.service import require_another_owner
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
    session: AsyncSession,
    email: str,
    password_hash: str,
    *,
    name: str = "",
    role: UserRole = UserRole.OPERATOR,
    by: Person | None = None,
) -> User:
    """A new account; no ``by``: made from the command line. Raises EmailTaken."""
    user = User(email=email, name=name, role=role, password_hash=password_hash)
    session.add(user)
    try:
        await session.flush()
    except IntegrityError as error:
        raise EmailTaken(email=email) from error
    note(session, by, Act.USER_CREATED, subject=user.id, email=email, role=role)
    log.info("user_created", user_id=str(user.id), role=role)
    return user


async def change(
    session: AsyncSession, user_id: uuid.UUID, patch: UserPatch, password_hash: str | None, by: Person
) -> User:
    """Apply the patch, whose new password is hashed already. Raises UserNotFound, LastAdministrator.

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
    if password_hash is not None:
        user.password_hash = password_hash
    if password_hash is not None or patch.active is False:
        await end_all_sessions(session, user.id)
    await session.flush()
    if patch.role is not None or patch.active is not None:
        announce_after_commit(session, AccessChanged(user_ids=(user.id,)))
    told = patch.model_dump(mode="json", exclude_unset=True, exclude={"password"})
    note(session, by, Act.USER_CHANGED, subject=user.id, **told, new_password=password_hash is not None)
    return user


async def rename(session: AsyncSession, person: Person, name: str) -> User:
    """Give the caller's own account another name."""
    person.user.name = name
    await session.flush()
    note(session, person, Act.USER_CHANGED, subject=person.user.id, name=name)
    return person.user


async def delete(session: AsyncSession, user_id: uuid.UUID, by: Person) -> None:
    """Remove the account. Raises UserNotFound, LastAdministrator, LastOwner, UserHasMeetings.

    Its projects are locked before any account is, as where somebody is taken into a project.
    """
    await _require_other_owners(session, user_id)
    await _require_another_administrator(session, user_id)
    user = await get(session, user_id)
    personal = select(Project.id).where(Project.personal_of == user.id).scalar_subquery()
    owned = await session.scalar(select(func.count()).where(Meeting.project_id == personal))
    if owned:
        raise UserHasMeetings(meetings=owned)
    await session.delete(user)
    announce_after_commit(session, AccessChanged(user_ids=(user.id,)))
    note(session, by, Act.USER_DELETED, subject=user_id, email=user.email)
    log.info("user_deleted", user_id=str(user_id))


async def _require_other_owners(session: AsyncSession, user_id: uuid.UUID) -> None:
    """Raise LastOwner where a shared project would be left to nobody."""
    owned = await session.scalars(
        select(Project.id)
        .join(ProjectMember, ProjectMember.project_id == Project.id)
        .where(
            ProjectMember.user_id == user_id,
            ProjectMember.role == ProjectRole.OWNER,
            Project.personal_of.is_(None),
        )
        .order_by(Project.id)
        .with_for_update(of=Project, key_share=True)
    )
    for project_id in owned.all():
        await require_another_owner(session, project_id, user_id)


async def _require_another_administrator(session: AsyncSession, user_id: uuid.UUID) -> None:
    """Raise LastAdministrator if it is the only one; locked, so that two cannot demote each other."""
    administrators = await session.scalars(
        select(User.id).where(User.role == UserRole.ADMIN, User.active).order_by(User.id).with_for_update()
    )
    if set(administrators) == {user_id}:
        raise LastAdministrator
