"""Sessions: refresh tokens that rotate, in families that end when one of them is used twice."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import RefreshSession, User
from scribe.settings import AuthSettings
from scribe_api.deps import Principal
from scribe_api.errors import InvalidRefreshToken, RefreshTokenReused, WrongCredentials, WrongPassword
from scribe_api.security import fingerprint, hash_password, new_refresh_token, verify_password

log = structlog.get_logger(__name__)

USER_AGENT_LENGTH = 400


@dataclass(frozen=True)
class SignedIn:
    """A session with the refresh token that continues it; the token itself is stored nowhere."""

    user: User
    family_id: uuid.UUID
    refresh_token: str


async def check_credentials(session: AsyncSession, email: str, password: str) -> User:
    """The account of the address. Raises WrongCredentials, after the same time whatever was wrong."""
    user = await session.scalar(select(User).where(User.email == email))
    known = await verify_password(password, user.password_hash if user else None)
    if user is None or not known or not user.active:
        log.info("login_refused", email=email)
        raise WrongCredentials
    return user


def sign_in(session: AsyncSession, user: User, settings: AuthSettings, user_agent: str) -> SignedIn:
    """Begin a new family of refresh tokens."""
    return _hand_out(session, user, uuid.uuid4(), settings, user_agent)


async def refresh(
    session: AsyncSession, token: str, settings: AuthSettings, user_agent: str
) -> SignedIn | RefreshTokenReused:
    """Use up the token and hand out the next of its family. Raises InvalidRefreshToken.

    A token that was used before ends its family. That must be committed, so this outcome is
    returned and raised by the caller after the commit.
    """
    used = await session.scalar(
        select(RefreshSession)
        .where(
            RefreshSession.token_hash == fingerprint(token),
            RefreshSession.revoked_at.is_(None),
            RefreshSession.expires_at > func.now(),
        )
        .with_for_update()
    )
    if used is None:
        raise InvalidRefreshToken
    if used.used_at is not None:
        await end_family(session, used.family_id)
        log.warning("refresh_token_reused", user_id=str(used.user_id), family_id=str(used.family_id))
        return RefreshTokenReused()
    user = await session.scalar(select(User).where(User.id == used.user_id, User.active))
    if user is None:
        raise InvalidRefreshToken
    used.used_at = func.now()
    return _hand_out(session, user, used.family_id, settings, user_agent)


async def end_family_of(session: AsyncSession, refresh_token: str) -> None:
    """Sign out by the refresh token; one that is not ours ends nothing."""
    family_id = await session.scalar(
        select(RefreshSession.family_id).where(RefreshSession.token_hash == fingerprint(refresh_token))
    )
    if family_id is not None:
        await end_family(session, family_id)


async def end_family(session: AsyncSession, family_id: uuid.UUID) -> None:
    """Sign out: neither the refresh tokens nor the access tokens of the family are good any more."""
    await _revoke(session, RefreshSession.family_id == family_id)


async def end_all_sessions(
    session: AsyncSession, user_id: uuid.UUID, *, but: uuid.UUID | None = None
) -> None:
    """Sign the account out everywhere, or everywhere but in one family."""
    await _revoke(session, RefreshSession.user_id == user_id, RefreshSession.family_id.is_distinct_from(but))


async def change_password(session: AsyncSession, principal: Principal, current: str, new: str) -> None:
    """Set the new password and sign out everywhere else. Raises WrongPassword."""
    if not await verify_password(current, principal.user.password_hash):
        raise WrongPassword
    principal.user.password_hash = await hash_password(new)
    await end_all_sessions(session, principal.user.id, but=principal.family_id)
    log.info("password_changed", user_id=str(principal.user.id))


def _hand_out(
    session: AsyncSession, user: User, family_id: uuid.UUID, settings: AuthSettings, user_agent: str
) -> SignedIn:
    token = new_refresh_token()
    session.add(
        RefreshSession(
            user_id=user.id,
            family_id=family_id,
            token_hash=fingerprint(token),
            expires_at=func.now() + timedelta(days=settings.refresh_days),
            user_agent=user_agent[:USER_AGENT_LENGTH],
        )
    )
    return SignedIn(user, family_id, token)


async def _revoke(session: AsyncSession, *which: object) -> None:
    await session.execute(
        update(RefreshSession)
        .where(*which, RefreshSession.revoked_at.is_(None))  # type: ignore[arg-type]
        .values(revoked_at=func.now())
        .execution_options(synchronize_session=False)
    )
