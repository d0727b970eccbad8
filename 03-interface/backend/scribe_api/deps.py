"""What endpoints ask for: a transaction, who calls, and the meeting they may touch."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, RefreshSession, User, UserRole
from scribe_api.errors import AdminsOnly, InvalidToken, MeetingNotFound, NotAuthenticated
from scribe_api.gateway import Gateway

ACCESS_COOKIE = "scribe_access"

_bearer = HTTPBearer(auto_error=False, description="An access token, for programs")
_cookie = APIKeyCookie(name=ACCESS_COOKIE, auto_error=False, description="An access token, for browsers")


def open_gateway(request: Request) -> Gateway:
    """The servers of this process."""
    gateway: Gateway = request.app.state.gateway
    return gateway


GatewayDep = Annotated[Gateway, Depends(open_gateway)]


async def _transaction(gateway: GatewayDep) -> AsyncIterator[AsyncSession]:
    async with gateway.database.transaction() as session:
        yield session


# Scope "function": the commit comes before the response is sent, so a commit that fails is an error
# that the client reads, and no transaction is open while a body streams.
DbSession = Annotated[AsyncSession, Depends(_transaction, scope="function")]


def offered_token(
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    cookie: Annotated[str | None, Depends(_cookie)],
) -> str | None:
    """The token of the request, if there is one; a bearer token wins over a cookie."""
    return bearer.credentials if bearer else cookie


OfferedToken = Annotated[str | None, Depends(offered_token)]


def access_token(offered: OfferedToken) -> str:
    """The token of the request. Raises NotAuthenticated."""
    if not offered:
        raise NotAuthenticated
    return offered


AccessToken = Annotated[str, Depends(access_token)]


@dataclass(frozen=True)
class Principal:
    """Who calls, and in which signed-in session."""

    user: User
    family_id: uuid.UUID

    @property
    def is_admin(self) -> bool:
        """Whether the caller administers the instance."""
        return self.user.role == UserRole.ADMIN


async def authenticate(session: AsyncSession, gateway: Gateway, token: str) -> Principal:
    """Who holds the token. Raises ExpiredToken, InvalidToken."""
    claims = gateway.tokens.read(token)
    return await signed_in(session, claims.user_id, claims.family_id)


async def signed_in(session: AsyncSession, user_id: uuid.UUID, family_id: uuid.UUID) -> Principal:
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
    return Principal(user, family_id)


async def require_account(session: AsyncSession, user_id: uuid.UUID) -> None:
    """See that the account is there, switched on, and stays so until the transaction ends.

    For requests that were authenticated a while ago. Raises InvalidToken.
    """
    account = select(User.id).where(User.id == user_id, User.active)
    if await session.scalar(account.with_for_update(read=True)) is None:
        raise InvalidToken


async def current_principal(session: DbSession, gateway: GatewayDep, token: AccessToken) -> Principal:
    """Who calls, read in the request's own transaction."""
    return await authenticate(session, gateway, token)


async def detached_principal(gateway: GatewayDep, token: AccessToken) -> Principal:
    """Who calls, read in a transaction that has ended when the endpoint begins.

    For endpoints that take their time, over a body, a password or S3: the database's connections are few.
    """
    async with gateway.database.transaction() as session:
        return await authenticate(session, gateway, token)


CurrentUser = Annotated[Principal, Depends(current_principal)]
DetachedUser = Annotated[Principal, Depends(detached_principal)]


def administrator(principal: CurrentUser) -> Principal:
    """The caller, if an administrator. Raises AdminsOnly."""
    if not principal.is_admin:
        raise AdminsOnly
    return principal


Administrator = Annotated[Principal, Depends(administrator)]


def visible_meetings(principal: Principal) -> Select[Meeting]:
    """The one filter through which every query for meetings goes: one's own; all, for administrators."""
    meetings = select(Meeting)
    return meetings if principal.is_admin else meetings.where(Meeting.owner_id == principal.user.id)


async def _the_meeting(session: AsyncSession, meetings: Select[Meeting], meeting_id: uuid.UUID) -> Meeting:
    meeting = await session.scalar(meetings.where(Meeting.id == meeting_id))
    if meeting is None:
        raise MeetingNotFound(meeting_id=str(meeting_id))
    return meeting


async def _visible_meeting(meeting_id: uuid.UUID, session: DbSession, principal: CurrentUser) -> Meeting:
    return await _the_meeting(session, visible_meetings(principal), meeting_id)


async def _locked_meeting(meeting_id: uuid.UUID, session: DbSession, principal: CurrentUser) -> Meeting:
    return await _the_meeting(
        session, visible_meetings(principal).with_for_update(key_share=True), meeting_id
    )


async def _detached_meeting(meeting_id: uuid.UUID, gateway: GatewayDep, token: AccessToken) -> Meeting:
    async with gateway.database.transaction() as session:
        principal = await authenticate(session, gateway, token)
        return await _the_meeting(session, visible_meetings(principal), meeting_id)


OwnedMeeting = Annotated[Meeting, Depends(_visible_meeting)]
EditableMeeting = Annotated[Meeting, Depends(_locked_meeting)]
"""Nobody deletes or changes it until this request has. Not for what locks its job: workers do so first."""
DetachedMeeting = Annotated[Meeting, Depends(_detached_meeting)]
"""As it was when the endpoint began, without a transaction (see ``detached_principal``)."""
