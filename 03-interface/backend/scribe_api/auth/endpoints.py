"""HTTP for signing in: login, refresh, logout, who am I, the own name and password, sessions."""

import uuid
from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Cookie, Response

from scribe_api.access.deps import (
    CurrentPerson,
    DbSession,
    DetachedPerson,
    GatewayDep,
    OfferedCredentials,
)
from scribe_api.auth import service, sessions
from scribe_api.auth.answers import renewed_answer, signed_in_answer
from scribe_api.auth.cookies import REFRESH_COOKIE, clear_cookies
from scribe_api.auth.errors import SessionNotFound, SignInBusy, TooManyAttempts
from scribe_api.auth.schemas import (
    Login,
    PasswordChange,
    ProfilePatch,
    RefreshRequest,
    SessionList,
    SessionRead,
    TokenPair,
)
from scribe_api.auth.visitor import CurrentVisitor
from scribe_api.errors import (
    ExpiredToken,
    InvalidRefreshToken,
    InvalidToken,
    RefreshTokenReused,
    WrongCredentials,
    WrongPassword,
)
from scribe_api.openapi import errors, protected
from scribe_api.users import service as users
from scribe_api.users.schemas import UserRead

router = APIRouter(prefix="/auth", tags=["auth"])

RefreshCookie = Annotated[str | None, Cookie(alias=REFRESH_COOKIE, include_in_schema=False)]


@router.post("/login", responses=errors(WrongCredentials, TooManyAttempts, SignInBusy))
async def login(body: Login, response: Response, gateway: GatewayDep, visitor: CurrentVisitor) -> TokenPair:
    """Sign in: cookies for browsers, the same tokens in the answer for programs.

    After some wrong passwords each further try has to wait, twice as long each time; where the account
    signed in before, wrong passwords that come from elsewhere do not count.
    """
    signed_in = await service.sign_in(gateway, body.email, body.password, visitor)
    return signed_in_answer(gateway, response, signed_in)


@router.post("/refresh", responses=errors(InvalidRefreshToken, RefreshTokenReused))
async def refresh(
    response: Response,
    gateway: GatewayDep,
    visitor: CurrentVisitor,
    body: RefreshRequest | None = None,
    cookie: RefreshCookie = None,
) -> TokenPair:
    """Trade the refresh token for a new pair.

    A token that is used again ends its session, unless that is within a few seconds, as when two tabs of
    a browser refresh at once.
    """
    token = (body.refresh_token if body else None) or cookie
    if not token:
        raise InvalidRefreshToken
    async with gateway.database.transaction() as session:
        outcome = await service.refresh(session, token, gateway.settings.auth, visitor)
    if isinstance(outcome, RefreshTokenReused):
        raise outcome
    return renewed_answer(gateway, response, outcome)


@router.post("/logout", status_code=204, responses=errors())
async def logout(
    response: Response,
    gateway: GatewayDep,
    session: DbSession,
    offered: OfferedCredentials,
    body: RefreshRequest | None = None,
    cookie: RefreshCookie = None,
) -> None:
    """End the session of the refresh token and that of the access token; where there is none, all is well."""
    token = (body.refresh_token if body else None) or cookie
    if token:
        await service.end_family_of(session, token)
    if offered.token:
        with suppress(InvalidToken, ExpiredToken):
            await service.end_family(session, gateway.tokens.read(offered.token).family_id)
    clear_cookies(response, gateway.settings.auth)


@router.get("/me", responses=protected())
async def read_me(person: CurrentPerson) -> UserRead:
    """The account that is signed in."""
    return UserRead.of(person.user)


@router.patch("/me", responses=protected())
async def change_me(body: ProfilePatch, person: CurrentPerson, session: DbSession) -> UserRead:
    """Change what others see you called."""
    return UserRead.of(await users.rename(session, person, body.name))


@router.post(
    "/change-password", status_code=204, responses=protected(WrongPassword, TooManyAttempts, SignInBusy)
)
async def change_password(body: PasswordChange, gateway: GatewayDep, person: DetachedPerson) -> None:
    """Set a new password; every other session of the account ends."""
    await service.change_password(
        gateway.database, person, body.current_password, body.new_password, gateway.settings.throttle
    )


@router.get("/sessions", responses=protected())
async def list_sessions(person: CurrentPerson, session: DbSession) -> SessionList:
    """Where you are signed in."""
    rows = await sessions.open_sessions(session, person)
    return SessionList(items=[SessionRead.of(row, person.family_id) for row in rows])


@router.delete("/sessions/{session_id}", status_code=204, responses=protected(SessionNotFound))
async def end_session(session_id: uuid.UUID, person: CurrentPerson, session: DbSession) -> None:
    """Sign out in one place; its tokens are good for nothing from now on."""
    await sessions.end_one(session, person, session_id)


@router.post("/sign-out-everywhere", status_code=204, responses=protected())
async def sign_out_everywhere(
    person: CurrentPerson, session: DbSession, response: Response, gateway: GatewayDep
) -> None:
    """Sign out in every place, this one included."""
    await sessions.end_all(session, person)
    clear_cookies(response, gateway.settings.auth)
