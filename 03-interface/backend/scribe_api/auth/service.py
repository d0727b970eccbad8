"""Sessions: refresh tokens that rotate, in families that end when one of them is used twice.

Whoever begins, continues or ends a session holds the row of its account meanwhile. So nothing that ends
sessions overlooks one that is just being handed out, and all take their locks in the same order.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnExpressionArgument, ScalarSelect, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import Database
from scribe.db.models import RefreshSession, User
from scribe.settings import AuthSettings, ThrottleSettings
from scribe_api.access.principals import Person
from scribe_api.audit.trail import Act, note
from scribe_api.auth import throttle
from scribe_api.auth.visitor import Visitor
from scribe_api.errors import InvalidRefreshToken, RefreshTokenReused, WrongCredentials, WrongPassword
from scribe_api.gateway import Gateway
from scribe_api.security import DeviceTokens, fingerprint, hash_password, new_refresh_token, verify_password

log = structlog.get_logger(__name__)

USER_AGENT_LENGTH = 400
REUSE_GRACE = timedelta(seconds=10)
"""Two tabs of a browser refresh with the same token at once; a thief seldom comes within seconds."""


@dataclass(frozen=True)
class SignedIn:
    """A session with the refresh token that continues it; the token itself is stored nowhere."""

    user: User
    family_id: uuid.UUID
    refresh_token: str


async def sign_in(gateway: Gateway, email: str, password: str, visitor: Visitor) -> SignedIn:
    """Begin a new family of refresh tokens.

    Raises TooManyAttempts before the password is looked at, WrongCredentials after the same time
    whatever was wrong. No connection is held while the password is checked, so the account is looked at
    again afterwards.
    """
    settings = gateway.settings
    async with gateway.database.transaction() as session:
        counted = await throttle.counters(
            session, email, visitor, DeviceTokens(settings.auth), settings.throttle
        )
        await throttle.count(session, counted, settings.throttle)
        found = await session.scalar(select(User).where(User.email == email))
    known = await verify_password(password, found.password_hash if found else None)
    async with gateway.database.transaction() as session:
        if found is not None and known:
            user = await _hold(
                session, User.id == found.id, User.active, User.password_hash == found.password_hash
            )
            if user is not None:
                await throttle.forgive(session, counted)
                return begin_session(session, user, settings.auth, visitor)
        # What was typed is kept only where it is an account's: people type passwords into the wrong field.
        known_email = found.email if found else None
        note(session, None, Act.LOGIN_REFUSED, subject=found.id if found else None, email=known_email)
    log.info("login_refused", user_id=str(found.id) if found else None)
    raise WrongCredentials


def begin_session(session: AsyncSession, user: User, settings: AuthSettings, visitor: Visitor) -> SignedIn:
    """A new family of refresh tokens for an account whose row the caller holds, or has just made."""
    signed_in = _hand_out(session, user, uuid.uuid4(), settings, visitor)
    note(session, Person(user, signed_in.family_id), Act.LOGIN)
    return signed_in


async def refresh(
    session: AsyncSession, token: str, settings: AuthSettings, visitor: Visitor
) -> SignedIn | RefreshTokenReused:
    """Use up the token and hand out the next of its family. Raises InvalidRefreshToken.

    A token that was used before ends its family, unless that was only a moment ago. The end must be
    committed, so this outcome is returned and raised by the caller after the commit.
    """
    this_token = RefreshSession.token_hash == fingerprint(token)
    user = await _hold(session, User.id == _owner_where(this_token), User.active)
    found = await session.execute(
        select(RefreshSession, RefreshSession.used_at < func.clock_timestamp() - REUSE_GRACE).where(
            this_token, RefreshSession.revoked_at.is_(None), RefreshSession.expires_at > func.now()
        )
    )
    row = found.one_or_none()
    if user is None or row is None:
        raise InvalidRefreshToken
    used, reused = row
    if reused:
        await _revoke(session, RefreshSession.family_id == used.family_id)
        note(session, Person(user, used.family_id), Act.SESSIONS_ENDED, subject=used.family_id, reused=True)
        log.warning("refresh_token_reused", user_id=str(user.id), family_id=str(used.family_id))
        return RefreshTokenReused()
    if used.used_at is None:
        used.used_at = func.clock_timestamp()
    return _hand_out(session, user, used.family_id, settings, visitor, began_at=used.began_at)


async def end_family_of(session: AsyncSession, refresh_token: str) -> None:
    """Sign out by the refresh token; one that is not ours ends nothing."""
    family_id = await session.scalar(
        select(RefreshSession.family_id).where(RefreshSession.token_hash == fingerprint(refresh_token))
    )
    if family_id is not None:
        await end_family(session, family_id)


async def end_family(session: AsyncSession, family_id: uuid.UUID) -> None:
    """Sign out: neither the refresh tokens nor the access tokens of the family are good any more."""
    of_family = RefreshSession.family_id == family_id
    await _hold(session, User.id == _owner_where(of_family))
    await _revoke(session, of_family)


async def end_all_sessions(
    session: AsyncSession, user_id: uuid.UUID, *, but: uuid.UUID | None = None
) -> None:
    """Sign the account, whose row the caller holds, out everywhere, or everywhere but in one family."""
    await _revoke(session, RefreshSession.user_id == user_id, RefreshSession.family_id.is_distinct_from(but))


async def change_password(
    database: Database, person: Person, current: str, new: str, settings: ThrottleSettings
) -> None:
    """Set the new password and sign out everywhere else. Raises WrongPassword, TooManyAttempts.

    No connection is held while passwords are hashed; one that was changed meanwhile is not the current.
    """
    known_hash = person.user.password_hash
    counted = throttle.counter_of_person(person.user.id, settings)
    async with database.transaction() as session:
        await throttle.count(session, counted, settings)
    if not await verify_password(current, known_hash):
        raise WrongPassword
    new_hash = await hash_password(new)
    async with database.transaction() as session:
        user = await _hold(session, User.id == person.user.id, User.password_hash == known_hash)
        if user is None:
            raise WrongPassword
        user.password_hash = new_hash
        await throttle.forgive(session, counted)
        await end_all_sessions(session, user.id, but=person.family_id)
        note(session, person, Act.PASSWORD_CHANGED, subject=user.id)
    log.info("password_changed", user_id=str(person.user.id))


async def _hold(session: AsyncSession, *which: ColumnExpressionArgument[bool]) -> User | None:
    """The account, kept as it is until the transaction ends."""
    return await session.scalar(select(User).where(*which).with_for_update(key_share=True))


def _owner_where(which: ColumnExpressionArgument[bool]) -> ScalarSelect[uuid.UUID]:
    return select(RefreshSession.user_id).where(which).limit(1).scalar_subquery()


def _hand_out(
    session: AsyncSession,
    user: User,
    family_id: uuid.UUID,
    settings: AuthSettings,
    visitor: Visitor,
    *,
    began_at: datetime | None = None,
) -> SignedIn:
    token = new_refresh_token()
    session.add(
        RefreshSession(
            user_id=user.id,
            family_id=family_id,
            token_hash=fingerprint(token),
            expires_at=func.now() + timedelta(days=settings.refresh_days),
            user_agent=visitor.user_agent[:USER_AGENT_LENGTH],
            address=visitor.address,
            began_at=began_at or func.now(),
        )
    )
    return SignedIn(user, family_id, token)


async def _revoke(session: AsyncSession, *which: ColumnExpressionArgument[bool]) -> None:
    await session.execute(
        update(RefreshSession)
        .where(*which, RefreshSession.revoked_at.is_(None))
        .values(revoked_at=func.now())
        .execution_options(synchronize_session=False)
    )
