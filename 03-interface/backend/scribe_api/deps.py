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
    """Who holds the token. Raises ExpiredToken, InvalidToken.

    Signing out, a new password and a switched-off account end access at once, not when the token expires.
    """
    claims = gateway.tokens.read(token)
    signed_in = select(RefreshSession.id).where(
        RefreshSession.family_id == claims.family_id,
        RefreshSession.user_id == User.id,
        RefreshSession.revoked_at.is_(None),
        RefreshSession.expires_at > func.now(),
    )
    user = await session.scalar(
        select(User).where(User.id == claims.user_id, User.active, signed_in.exists())
    )
    if user is None:
        raise InvalidToken
    return Principal(user, claims.family_id)


async def current_principal(session: DbSession, gateway: GatewayDep, token: AccessToken) -> Principal:
    """Who calls, read in the request's own transaction."""
    return await authenticate(session, gateway, token)


async def streaming_principal(gateway: GatewayDep, token: AccessToken) -> Principal:
    """Who calls, for endpoints that must not hold a transaction while a body streams."""
    async with gateway.database.transaction() as session:
        return await authenticate(session, gateway, token)


CurrentUser = Annotated[Principal, Depends(current_principal)]
StreamingUser = Annotated[Principal, Depends(streaming_principal)]


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


async def _visible_meeting(meeting_id: uuid.UUID, session: DbSession, principal: CurrentUser) -> Meeting:
    meeting = await session.scalar(visible_meetings(principal).where(Meeting.id == meeting_id))
    if meeting is None:
        raise MeetingNotFound(meeting_id=str(meeting_id))
    return meeting


OwnedMeeting = Annotated[Meeting, Depends(_visible_meeting)]
