"""Live events, over a real connection."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from httpx_sse import EventSource, ServerSentEvent

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]


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


@pytest.mark.parametrize("last", ["x", "1", "1-2-3", "$", "1-" + "9" * 40])
async def test_a_made_up_event_id_is_refused(ada: httpx.AsyncClient, last: str) -> None:
    response = await ada.get("/events", headers={"Last-Event-ID": last})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "VALIDATION_ERROR")


async def test_a_stream_needs_a_token(client: httpx.AsyncClient) -> None:
    assert (await client.get("/events")).status_code == 401
