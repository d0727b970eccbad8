"""Live events, over a real connection."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from httpx_sse import EventSource, ServerSentEvent

from scribe.db import Database
from scribe.settings import DatabaseSettings
from scribe_api.events import service

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]
SignUp = Callable[..., Awaitable[httpx.AsyncClient]]


@asynccontextmanager
async def following(
    client: httpx.AsyncClient, **headers: str
) -> AsyncIterator[AsyncIterator[ServerSentEvent]]:
    async with asyncio.timeout(20), client.stream("GET", "/events", headers=headers) as response:
        assert response.status_code == 200
        # Heartbeats are comments; this client library reports them as events without data.
        yield (event async for event in EventSource(response).aiter_sse() if event.data)


async def test_a_stream_is_ready_at_once_and_tells_what_happens(
    online: httpx.AsyncClient, hand_in: HandIn
) -> None:
    async with following(online) as events:
        assert (await anext(events)).event == "ready"
        meeting = await hand_in(online)
        told = await anext(events)
        assert told.event == "meeting"
        assert told.json()["meeting_id"] == meeting["id"]
        assert told.json()["status"] == "PENDING"
        await online.post(f"/meetings/{meeting['id']}/cancel")
        assert (await anext(events)).json()["status"] == "CANCELLED"
        await online.delete(f"/meetings/{meeting['id']}")
        assert (await anext(events)).event == "meeting_deleted"


async def test_a_reconnect_misses_nothing(online: httpx.AsyncClient, hand_in: HandIn) -> None:
    async with following(online) as events:
        last = (await anext(events)).id
    first, second = await hand_in(online), await hand_in(online)
    async with following(online, **{"Last-Event-ID": last}) as events:
        assert (await anext(events)).event == "ready"
        assert [(await anext(events)).json()["meeting_id"] for _ in range(2)] == [first["id"], second["id"]]


async def test_nobody_hears_of_other_peoples_meetings(
    online: httpx.AsyncClient, bob: httpx.AsyncClient, hand_in: HandIn
) -> None:
    async with following(online) as events:
        await anext(events)
        await hand_in(bob)
        mine = await hand_in(online)
        assert (await anext(events)).json()["meeting_id"] == mine["id"]


async def test_administrators_hear_of_every_meeting(
    address: str, admin: httpx.AsyncClient, bob: httpx.AsyncClient, hand_in: HandIn
) -> None:
    async with (
        httpx.AsyncClient(base_url=address, headers=admin.headers) as client,
        following(client) as events,
    ):
        await anext(events)
        his = await hand_in(bob)
        assert (await anext(events)).json()["meeting_id"] == his["id"]


@pytest.mark.parametrize("last", ["x", "1", "1-2-3", "$", "1-" + "9" * 40, f"{2**64}-0", f"1-{2**64}"])
async def test_a_made_up_event_id_is_refused(ada: httpx.AsyncClient, last: str) -> None:
    response = await ada.get("/events", headers={"Last-Event-ID": last})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "VALIDATION_ERROR")


async def test_the_last_id_that_redis_could_give_just_hears_nothing(
    online: httpx.AsyncClient, hand_in: HandIn
) -> None:
    last = f"{2**64 - 1}-{2**64 - 1}"
    async with following(online) as heard, following(online, **{"Last-Event-ID": last}) as events:
        assert (await anext(heard)).event == "ready"
        assert (await anext(events)).id == last
        await hand_in(online)
        assert (await anext(heard)).event == "meeting"


SIGNED_OUT = {
    "sign-out": ("POST", "/auth/logout", None),
    "deactivation": ("PATCH", "/users/{id}", {"active": False}),
    "a new password": ("PATCH", "/users/{id}", {"password": "another good password"}),
}


@pytest.mark.parametrize(("method", "path", "body"), SIGNED_OUT.values(), ids=SIGNED_OUT)
async def test_a_stream_ends_soon_after_what_it_was_allowed_by(
    online: httpx.AsyncClient,
    admin: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    method: str,
    path: str,
    body: dict[str, Any] | None,
) -> None:
    monkeypatch.setattr(service, "REAUTHENTICATE_S", 0.05)
    my_id = (await online.get("/auth/me")).json()["id"]
    async with following(online) as events:
        assert (await anext(events)).event == "ready"
        client = admin if "users" in path else online
        assert (await client.request(method, path.format(id=my_id), json=body)).is_success
        assert [event async for event in events] == []


async def test_a_database_that_is_away_ends_no_stream(
    app: FastAPI, online: httpx.AsyncClient, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch, eventually: Any
) -> None:
    monkeypatch.setattr(service, "REAUTHENTICATE_S", 0.05)
    nowhere = Database(DatabaseSettings(url="postgresql+asyncpg://nobody:nothing@127.0.0.1:1/none"))
    gateway = app.state.gateway
    asked = 0
    refused = nowhere.transaction

    def counted() -> Any:
        nonlocal asked
        asked += 1
        return refused()

    monkeypatch.setattr(nowhere, "transaction", counted)
    async with following(online) as events:
        assert (await anext(events)).event == "ready"
        monkeypatch.setattr(gateway.database, "transaction", counted)
        await eventually(lambda: asked > 1)
        monkeypatch.undo()
        meeting = await hand_in(online)
        assert (await anext(events)).json()["meeting_id"] == meeting["id"]
    await nowhere.close()


async def test_a_stream_needs_a_token(client: httpx.AsyncClient) -> None:
    assert (await client.get("/events")).status_code == 401
