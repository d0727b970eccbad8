"""From what a request brings to who calls."""

import hmac
import uuid
from datetime import timedelta

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import ApiKey, ProjectMember, RefreshSession, User, UserRole
from scribe_api.access.principals import KeyHolder, Person, Principal, Service
from scribe_api.errors import ApiKeyInvalid, InvalidToken
from scribe_api.gateway import Gateway
from scribe_api.security import fingerprint

USED_EVERY = timedelta(minutes=1)
"""How exact a key's last use is: a write for every request would be a row that all requests wait for."""


async def by_token(session: AsyncSession, gateway: Gateway, token: str) -> Person:
    """Who holds the access token. Raises ExpiredToken, InvalidToken."""
    claims = gateway.tokens.read(token)
    return await signed_in(session, claims.user_id, claims.family_id)


async def signed_in(session: AsyncSession, user_id: uuid.UUID, family_id: uuid.UUID) -> Person:
    """Whose session it is, if it still is one. Raises InvalidToken.

    Signing out, a new password and a switched-off account end access at once, not when the token expires.
    """
    still_open = select(RefreshSession.id).where(
        RefreshSession.family_id == family_id,
        RefreshSession.user_id == User.id,
        RefreshSession.revoked_at.is_(None),
        RefreshSession.expires_at > func.now(),
    )
    user = await session.scalar(select(User).where(User.id == user_id, User.active, still_open.exists()))
    if user is None:
        raise InvalidToken
    return Person(user, family_id)


async def by_key(session: AsyncSession, gateway: Gateway, key: str) -> KeyHolder | Service:
    """Who holds the API key. Raises ApiKeyInvalid."""
    internal = gateway.settings.auth.internal_key
    if internal is not None and hmac.compare_digest(internal.get_secret_value().encode(), key.encode()):
        return Service()
    found = await session.scalar(select(ApiKey).where(ApiKey.token_hash == fingerprint(key), *_good_keys()))
    if found is None:
        raise ApiKeyInvalid
    await session.execute(
        update(ApiKey)
        .where(
            ApiKey.id == found.id,
            or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at < func.now() - USED_EVERY),
        )
        .values(last_used_at=func.now())
        .execution_options(synchronize_session=False)
    )
    return KeyHolder(found)


async def still_good(session: AsyncSession, principal: Principal) -> Principal:
    """The caller as it is now, for connections that last. Raises InvalidToken, ApiKeyInvalid."""
    match principal:
        case Person(user=user, family_id=family_id):
            return await signed_in(session, user.id, family_id)
        case KeyHolder(key=key):
            found = await session.scalar(select(ApiKey).where(ApiKey.id == key.id, *_good_keys()))
            if found is None:
                raise ApiKeyInvalid
            return KeyHolder(found)
        case Service():
            return principal


async def require_good(session: AsyncSession, principal: Principal) -> None:
    """See that the caller's account is there, switched on, and stays so until the transaction ends.

    For requests that were authenticated a while ago. Raises InvalidToken, ApiKeyInvalid.
    """
    if isinstance(principal, KeyHolder):
        await still_good(session, principal)
    if principal.acts_for is None:
        return
    account = select(User.id).where(User.id == principal.acts_for, User.active)
    if await session.scalar(account.with_for_update(read=True)) is None:
        raise InvalidToken


def _good_keys() -> tuple[ColumnElement[bool], ...]:
    """Neither revoked nor expired, and whoever made it is still there and still in the project."""
    member = select(ProjectMember.user_id).where(
        ProjectMember.user_id == ApiKey.created_by, ProjectMember.project_id == ApiKey.project_id
    )
    maker = select(User.id).where(
        User.id == ApiKey.created_by, User.active, or_(User.role == UserRole.ADMIN, member.exists())
    )
    return (
        ApiKey.revoked_at.is_(None),
        or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > func.now()),
        maker.exists(),
    )
