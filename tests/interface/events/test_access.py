"""What somebody may see changes while they watch: at once, without a gap and without a new connection."""

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
from fastapi import FastAPI
from httpx_sse import EventSource, ServerSentEvent
from sqlalchemy import select

from circles import found, make_key, take_in
from scribe.db import Database, announce_after_commit
from scribe.db.models import Project, UserRole
from scribe.queue import AccessChanged, MeetingChanged

pytestmark = pytest.mark.integration

SignUp = Callable[..., Awaitable[httpx.AsyncClient]]


@asynccontextmanager
async def following(
    address: str, client: httpx.AsyncClient, **headers: str
) -> AsyncIterator[AsyncIterator[ServerSentEvent]]:
    async with (
        httpx.AsyncClient(base_url=address, headers=headers or client.headers, timeout=20) as connection,
        connection.stream("GET", "/events") as response,
    ):
        assert response.status_code == 200
        yield (event async for event in EventSource(response).aiter_sse() if event.data)


@pytest.fixture
def announcing(app: FastAPI) -> Database:
    """The database as the gateway has it: what is committed is announced."""
    database: Database = app.state.gateway.database
    return database


async def id_of(client: httpx.AsyncClient) -> uuid.UUID:
    return uuid.UUID((await client.get("/auth/me")).json()["id"])


async def project_of(database: Database, client: httpx.AsyncClient) -> uuid.UUID:
    own = select(Project.id).where(Project.personal_of == await id_of(client))
    async with database.transaction() as session:
        return (await session.scalars(own)).one()


async def change_in(database: Database, project_id: uuid.UUID) -> str:
    """Announce a change of some meeting of the project; returns the meeting's id."""
    changed = MeetingChanged(meeting_id=uuid.uuid4(), project_id=project_id, status="PENDING")
    async with database.transaction() as session:
        announce_after_commit(session, changed)
    return str(changed.meeting_id)


async def test_who_joins_a_project_hears_of_its_meetings_at_once_and_who_leaves_no_more(
    address: str, announcing: Database, ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    hers, his = (await found(ada))["id"], await project_of(announcing, bob)
    async with following(address, bob) as events:
        assert (await anext(events)).event == "ready"
        await change_in(announcing, uuid.UUID(hers))
        await take_in(ada, hers, bob, "viewer")
        joined = await change_in(announcing, uuid.UUID(hers))
        assert (await anext(events)).json()["meeting_id"] == joined
        assert (await ada.delete(f"/projects/{hers}/members/{await id_of(bob)}")).is_success
        await change_in(announcing, uuid.UUID(hers))
        own = await change_in(announcing, his)
        assert (await anext(events)).json()["meeting_id"] == own


async def test_an_administrator_who_is_none_any_more_hears_only_of_the_own_projects(
    address: str,
    announcing: Database,
    ada: httpx.AsyncClient,
    admin: httpx.AsyncClient,
    sign_up: SignUp,
) -> None:
    other = await sign_up(UserRole.ADMIN)
    hers, own = await project_of(announcing, ada), await project_of(announcing, other)
    async with following(address, other) as events:
        assert (await anext(events)).event == "ready"
        heard = await change_in(announcing, hers)
        assert (await anext(events)).json()["meeting_id"] == heard
        demoted = await admin.patch(f"/users/{await id_of(other)}", json={"role": "operator"})
        assert demoted.is_success
        await change_in(announcing, hers)
        last = await change_in(announcing, own)
        assert (await anext(events)).json()["meeting_id"] == last


async def test_the_stream_of_a_key_ends_when_the_key_is_revoked(
    address: str, announcing: Database, ada: httpx.AsyncClient
) -> None:
    own = (await found(ada))["id"]
    key = await make_key(ada, own, "read")
    async with following(address, ada, **{"X-API-Key": key["key"]}) as events:
        assert (await anext(events)).event == "ready"
        heard = await change_in(announcing, uuid.UUID(own))
        assert (await anext(events)).json()["meeting_id"] == heard
        assert (await ada.delete(f"/projects/{own}/keys/{key['id']}")).is_success
        await change_in(announcing, uuid.UUID(own))
        assert [event async for event in events] == []


async def test_nobody_is_told_of_changes_of_access(
    address: str, announcing: Database, admin: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    async with following(address, admin) as events:
        assert (await anext(events)).event == "ready"
        async with announcing.transaction() as session:
            changed = AccessChanged(user_ids=(await id_of(admin), await id_of(ada)))
            announce_after_commit(session, changed)
        heard = await change_in(announcing, await project_of(announcing, ada))
        assert (await anext(events)).json()["meeting_id"] == heard
