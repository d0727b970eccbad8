"""What endpoints ask for: a transaction, who calls, and the meeting or the project they may touch."""

import uuid
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, Project, Scope, UserRole
from scribe_api.access.authentication import by_key, by_token
from scribe_api.access.principals import KeyHolder, Person, Principal
from scribe_api.access.visibility import Permission, permissions, visible_meetings, visible_projects
from scribe_api.errors import (
    AdminsOnly,
    MeetingNotFound,
    NotAuthenticated,
    OperatorsOnly,
    PersonRequired,
    ProjectNotFound,
    RoleTooSmall,
    ScopeTooSmall,
)
from scribe_api.gateway import Gateway
from scribe_api.security import KEY_PREFIX

ACCESS_COOKIE = "scribe_access"

_bearer = HTTPBearer(auto_error=False, description="An access token or an API key, for programs")
_key = APIKeyHeader(name="X-API-Key", auto_error=False, description="A key of a project")
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


class Credentials:
    """What a request brings to say who calls: an API key wins over a bearer token, that over a cookie."""

    def __init__(self, *, key: str | None = None, token: str | None = None) -> None:
        if key is None and token is not None and token.startswith(KEY_PREFIX):
            key, token = token, None  # OpenAI's clients send their key as a bearer token
        self.key = key
        self.token = token

    async def authenticate(self, session: AsyncSession, gateway: Gateway) -> Principal:
        """Who calls. Raises NotAuthenticated, ExpiredToken, InvalidToken, ApiKeyInvalid."""
        if self.key:
            return await by_key(session, gateway, self.key)
        if self.token:
            return await by_token(session, gateway, self.token)
        raise NotAuthenticated


def offered_credentials(
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    key: Annotated[str | None, Depends(_key)],
    cookie: Annotated[str | None, Depends(_cookie)],
) -> Credentials:
    """What the request brings, if anything."""
    return Credentials(key=key, token=bearer.credentials if bearer else cookie)


OfferedCredentials = Annotated[Credentials, Depends(offered_credentials)]


async def _principal(session: DbSession, gateway: GatewayDep, offered: OfferedCredentials) -> Principal:
    return await offered.authenticate(session, gateway)


async def _detached_principal(gateway: GatewayDep, offered: OfferedCredentials) -> Principal:
    async with gateway.database.transaction() as session:
        return await offered.authenticate(session, gateway)


CurrentPrincipal = Annotated[Principal, Depends(_principal)]
"""Who calls, read in the request's own transaction."""
DetachedPrincipal = Annotated[Principal, Depends(_detached_principal)]
"""Who calls, read in a transaction that has ended when the endpoint begins.

For endpoints that take their time, over a body, a password or S3: the database's connections are few.
"""


def _person(principal: Principal) -> Person:
    if not isinstance(principal, Person):
        raise PersonRequired
    return principal


def _current_person(principal: CurrentPrincipal) -> Person:
    return _person(principal)


def _detached_person(principal: DetachedPrincipal) -> Person:
    return _person(principal)


CurrentPerson = Annotated[Person, Depends(_current_person)]
DetachedPerson = Annotated[Person, Depends(_detached_person)]


def administrator(person: CurrentPerson) -> Person:
    """The caller, if an administrator. Raises AdminsOnly."""
    if not person.is_admin:
        raise AdminsOnly
    return person


def _operator(person: CurrentPerson) -> Person:
    if person.user.role == UserRole.VIEWER:
        raise OperatorsOnly
    return person


def _detached_administrator(person: DetachedPerson) -> Person:
    return administrator(person)


Administrator = Annotated[Person, Depends(administrator)]
DetachedAdministrator = Annotated[Person, Depends(_detached_administrator)]
Operator = Annotated[Person, Depends(_operator)]
"""Operators and administrators: everybody but those who may only read."""


def require_scope(principal: Principal, scope: Scope) -> None:
    """See that a key has the scope; for what is not about one project. Raises ScopeTooSmall."""
    if isinstance(principal, KeyHolder) and scope not in principal.scopes:
        raise ScopeTooSmall(scope=str(scope))


def _reader(principal: CurrentPrincipal) -> Principal:
    require_scope(principal, Scope.READ)
    return principal


def _detached_reader(principal: DetachedPrincipal) -> Principal:
    require_scope(principal, Scope.READ)
    return principal


Reader = Annotated[Principal, Depends(_reader)]
"""Who may read something at all: for lists, search and statistics, which filter by visibility."""
DetachedReader = Annotated[Principal, Depends(_detached_reader)]


async def require(
    session: AsyncSession, principal: Principal, project_id: uuid.UUID, needed: Permission
) -> None:
    """Raises ScopeTooSmall or RoleTooSmall unless the caller may do that in a project that it sees."""
    if needed in await permissions(session, principal, project_id):
        return
    if needed is Permission.MANAGE and not isinstance(principal, Person):
        raise PersonRequired
    if isinstance(principal, KeyHolder) and Scope(needed) not in principal.scopes:
        raise ScopeTooSmall(scope=str(needed))
    raise RoleTooSmall(needed=str(needed))


async def find_meeting(
    session: AsyncSession,
    principal: Principal,
    meeting_id: uuid.UUID,
    needed: Permission,
    meetings: Select[Meeting] | None = None,
) -> Meeting:
    """The meeting, for a caller who sees it and may do that. Raises MeetingNotFound and those of require."""
    query = visible_meetings(principal) if meetings is None else meetings
    meeting = await session.scalar(query.where(Meeting.id == meeting_id))
    if meeting is None:
        raise MeetingNotFound(meeting_id=str(meeting_id))
    await require(session, principal, meeting.project_id, needed)
    return meeting


async def find_project(
    session: AsyncSession,
    principal: Principal,
    project_id: uuid.UUID,
    needed: Permission,
    *,
    lock: bool = False,
) -> Project:
    """The project, for a caller who sees it and may do that. Raises ProjectNotFound and those of require."""
    query = visible_projects(principal).where(Project.id == project_id)
    project = await session.scalar(query.with_for_update(key_share=True) if lock else query)
    if project is None:
        raise ProjectNotFound(project_id=str(project_id))
    await require(session, principal, project.id, needed)
    return project


async def _readable(meeting_id: uuid.UUID, session: DbSession, principal: CurrentPrincipal) -> Meeting:
    return await find_meeting(session, principal, meeting_id, Permission.READ)


async def _locked(meeting_id: uuid.UUID, session: DbSession, principal: CurrentPrincipal) -> Meeting:
    locked = visible_meetings(principal).with_for_update(key_share=True)
    return await find_meeting(session, principal, meeting_id, Permission.EDIT, locked)


async def _cancellable(meeting_id: uuid.UUID, session: DbSession, principal: CurrentPrincipal) -> Meeting:
    return await find_meeting(session, principal, meeting_id, Permission.EDIT)


async def _deletable(meeting_id: uuid.UUID, session: DbSession, principal: CurrentPrincipal) -> Meeting:
    return await find_meeting(session, principal, meeting_id, Permission.DELETE)


async def _detached(meeting_id: uuid.UUID, gateway: GatewayDep, offered: OfferedCredentials) -> Meeting:
    async with gateway.database.transaction() as session:
        principal = await offered.authenticate(session, gateway)
        return await find_meeting(session, principal, meeting_id, Permission.READ)


async def _detached_editable(
    meeting_id: uuid.UUID, gateway: GatewayDep, principal: DetachedPrincipal
) -> Meeting:
    async with gateway.database.transaction() as session:
        return await find_meeting(session, principal, meeting_id, Permission.EDIT)


async def _visible_project(project_id: uuid.UUID, session: DbSession, principal: CurrentPrincipal) -> Project:
    return await find_project(session, principal, project_id, Permission.READ)


async def _overseen_project(
    project_id: uuid.UUID, session: DbSession, principal: CurrentPrincipal
) -> Project:
    return await find_project(session, principal, project_id, Permission.MANAGE)


async def _managed_project(project_id: uuid.UUID, session: DbSession, principal: CurrentPrincipal) -> Project:
    return await find_project(session, principal, project_id, Permission.MANAGE, lock=True)


ReadableMeeting = Annotated[Meeting, Depends(_readable)]
EditableMeeting = Annotated[Meeting, Depends(_locked)]
"""Nobody deletes or changes it until this request has. Not for what locks its job: workers do so first."""
CancellableMeeting = Annotated[Meeting, Depends(_cancellable)]
DeletableMeeting = Annotated[Meeting, Depends(_deletable)]
DetachedMeeting = Annotated[Meeting, Depends(_detached)]
"""As it was when the endpoint began, without a transaction (see ``DetachedPrincipal``)."""
DetachedEditableMeeting = Annotated[Meeting, Depends(_detached_editable)]
"""Likewise; whoever writes asks again under the meeting's lock."""
VisibleProject = Annotated[Project, Depends(_visible_project)]
OverseenProject = Annotated[Project, Depends(_overseen_project)]
"""For reading what only those who manage the project may read."""
ManagedProject = Annotated[Project, Depends(_managed_project)]
"""Locked: nobody changes its members, keys or settings until this request has."""
