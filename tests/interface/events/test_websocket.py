"""Live events over a WebSocket, by a client of a library of its own."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from httpx_sse import EventSource
from redis.asyncio import Redis
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.frames import Close

from circles import found, make_key
from scribe.queue.events import STREAM
from scribe_api.events import conversation, service
from scribe_api.events.audience import Audience

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]
SignUp = Callable[..., Awaitable[httpx.AsyncClient]]


def url_of(address: str, after: str | None = None) -> str:
    query = "" if after is None else f"?after={after}"
    return f"{address.replace('http', 'ws', 1)}/ws{query}"


@asynccontextmanager
async def talking(
    client: httpx.AsyncClient, address: str, after: str | None = None
) -> AsyncIterator[ClientConnection]:
    token = {"Authorization": client.headers["Authorization"]}
    async with connect(url_of(address, after), additional_headers=token, open_timeout=60) as websocket:
        yield websocket


async def hear(websocket: ClientConnection) -> dict[str, Any]:
    while True:
        message: dict[str, Any] = json.loads(await websocket.recv())
        if message["type"] != "heartbeat":
            return message


async def goodbye(websocket: ClientConnection) -> Close:
    """Hear out the server, which closes."""

    async def hear_out() -> None:
        async for _ in websocket:
            pass

    with pytest.raises(ConnectionClosedError) as closed:
        await hear_out()
    assert closed.value.rcvd is not None
    return closed.value.rcvd


async def test_a_socket_is_ready_at_once_and_tells_what_happens(
    address: str, online: httpx.AsyncClient, hand_in: HandIn
) -> None:
    async with talking(online, address) as websocket:
        ready = await hear(websocket)
        assert ready.keys() == {"type", "id", "missed"}
        meeting = await hand_in(online)
        told = await hear(websocket)
        assert (told["type"], told["meeting_id"], told["status"]) == ("meeting", meeting["id"], "PENDING")
        await online.delete(f"/meetings/{meeting['id']}")
        assert [(await hear(websocket))["type"] for _ in range(2)] == ["meeting", "meeting_deleted"]


async def test_a_reconnect_misses_nothing(address: str, online: httpx.AsyncClient, hand_in: HandIn) -> None:
    async with talking(online, address) as websocket:
        last = (await hear(websocket))["id"]
    first, second = await hand_in(online), await hand_in(online)
    async with talking(online, address, after=last) as websocket:
        assert (await hear(websocket)) == {"type": "ready", "id": last, "missed": False}
        assert [(await hear(websocket))["meeting_id"] for _ in range(2)] == [first["id"], second["id"]]


async def test_a_client_may_say_where_it_was_in_a_message(
    address: str, online: httpx.AsyncClient, hand_in: HandIn
) -> None:
    async with talking(online, address) as websocket:
        last = (await hear(websocket))["id"]
    meeting = await hand_in(online)
    async with talking(online, address) as websocket:
        await hear(websocket)
        await websocket.send(json.dumps({"type": "resume", "after": last}))
        assert (await hear(websocket)) == {"type": "ready", "id": last, "missed": False}
        assert (await hear(websocket))["meeting_id"] == meeting["id"]


async def test_a_client_that_comes_back_too_late_is_told_so(
    address: str, online: httpx.AsyncClient, hand_in: HandIn, redis: Redis
) -> None:
    async with talking(online, address) as websocket:
        await hear(websocket)
        await hand_in(online)
        last = (await hear(websocket))["id"]
    for trimmed in (False, True):
        if trimmed:
            await hand_in(online)
            await redis.xtrim(STREAM, maxlen=1, approximate=False)
        async with talking(online, address, after=last) as websocket:
            assert (await hear(websocket))["missed"] is trimmed
        async with talking(online, address) as websocket:
            assert (await hear(websocket))["missed"] is False
            await websocket.send(json.dumps({"type": "resume", "after": last}))
            assert (await hear(websocket)) == {"type": "ready", "id": last, "missed": trimmed}
        stream = online.stream("GET", "/events", headers={"Last-Event-ID": last})
        async with asyncio.timeout(20), stream as response:
            told = EventSource(response).aiter_sse()
            assert (await anext(told)).json() == {"type": "ready", "missed": trimmed}


RESUME = json.dumps({"type": "resume", "after": "1-0"})
UNWELCOME: dict[str, tuple[list[str | bytes], int]] = {
    "bytes": ([b"resume"], 1003),
    "no JSON": (["resume"], 1008),
    "another type": (['{"type": "subscribe", "after": "1-0"}'], 1008),
    "a made-up place": (['{"type": "resume", "after": "$"}'], 1008),
    "deep JSON": (["[" * 500], 1008),
    "a large message": (["x" * 2000], 1009),
    "a second resumption": ([RESUME, RESUME], 1008),
}


@pytest.mark.parametrize(("messages", "code"), UNWELCOME.values(), ids=UNWELCOME)
async def test_what_is_not_understood_ends_the_connection_with_a_reason(
    address: str, online: httpx.AsyncClient, messages: list[str | bytes], code: int
) -> None:
    async with talking(online, address) as websocket:
        for message in messages:
            await hear(websocket)
            await websocket.send(message)
        closing = await goodbye(websocket)
        assert (closing.code, bool(closing.reason)) == (code, True)


async def refused(address: str, after: str | None = None, **headers: str) -> tuple[int, str]:
    with pytest.raises(InvalidStatus) as refusal:
        await connect(url_of(address, after), additional_headers=headers, open_timeout=60)
    response = refusal.value.response
    assert response.headers["X-Request-ID"]
    return response.status_code, json.loads(response.body)["error"]["code"]


async def test_who_may_not_listen_is_refused_before_the_connection_is_accepted(
    address: str, ada: httpx.AsyncClient
) -> None:
    token = ada.headers["Authorization"]
    assert await refused(address) == (401, "NOT_AUTHENTICATED")
    assert await refused(address, Authorization="Bearer nonsense") == (401, "TOKEN_INVALID")
    assert await refused(address, **{"X-API-Key": "sms_nonsense"}) == (401, "API_KEY_INVALID")
    assert await refused(address, after="$", Authorization=token) == (422, "VALIDATION_ERROR")


async def test_a_key_without_the_read_scope_is_refused(address: str, ada: httpx.AsyncClient) -> None:
    key = (await make_key(ada, (await found(ada))["id"], "upload"))["key"]
    assert await refused(address, **{"X-API-Key": key}) == (403, "SCOPE_TOO_SMALL")


def cookie_of(client: httpx.AsyncClient) -> str:
    return f"scribe_access={client.headers['Authorization'].removeprefix('Bearer ')}"


async def test_a_page_of_another_site_cannot_listen_with_a_visitors_cookie(
    address: str, ada: httpx.AsyncClient
) -> None:
    cookie = cookie_of(ada)
    assert await refused(address, Cookie=cookie) == (403, "ORIGIN_NOT_ALLOWED")
    for origin in ("https://evil.example", "null", address.replace("127.0.0.1", "127.0.0.1.evil.example")):
        assert await refused(address, Cookie=cookie, Origin=origin) == (403, "ORIGIN_NOT_ALLOWED")


@pytest.mark.parametrize("origin", ["its own", "https://trusted.example"])
async def test_a_page_of_ours_listens_with_its_cookie(
    app: FastAPI, address: str, ada: httpx.AsyncClient, origin: str
) -> None:
    app.state.gateway.settings.api.trusted_origins = ["https://trusted.example"]
    chosen = address.removesuffix("/api/v1") if origin == "its own" else origin
    headers = {"Cookie": cookie_of(ada), "Origin": chosen}
    async with connect(url_of(address), additional_headers=headers, open_timeout=60) as websocket:
        assert (await hear(websocket))["type"] == "ready"


async def test_the_connection_ends_soon_after_the_session(
    address: str, online: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "REAUTHENTICATE_S", 0.05)
    async with talking(online, address) as websocket:
        await hear(websocket)
        await online.post("/auth/logout")
        assert (await goodbye(websocket)).code == 4401


async def test_a_client_that_is_too_slow_is_told_to_come_back(
    app: FastAPI,
    address: str,
    online: httpx.AsyncClient,
    hand_in: HandIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reading = asyncio.Event()
    look_again = Audience.look_again

    async def read_slowly(audience: Audience) -> bool:
        await reading.wait()
        return await look_again(audience)

    monkeypatch.setattr(Audience, "look_again", read_slowly)
    monkeypatch.setattr(app.state.gateway.hub, "_capacity", 1)
    async with talking(online, address) as websocket:
        last = (await hear(websocket))["id"]
        first, second = await hand_in(online), await hand_in(online)
        reading.set()
        assert (await goodbye(websocket)).code == 1013
    monkeypatch.undo()
    async with talking(online, address, after=last) as websocket:
        told = [await hear(websocket) for _ in range(3)]
        assert [message.get("meeting_id") for message in told] == [None, first["id"], second["id"]]


async def test_silence_is_filled_with_heartbeats(
    address: str, online: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "HEARTBEAT_S", 0.02)
    async with talking(online, address) as websocket:
        assert [json.loads(await websocket.recv())["type"] for _ in range(3)] == [
            "ready",
            "heartbeat",
            "heartbeat",
        ]


async def test_an_instance_that_stops_closes_its_sockets_and_does_not_wait_for_them(
    app: FastAPI, online: httpx.AsyncClient, eventually: Callable[..., Awaitable[None]]
) -> None:
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve())
    await eventually(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with talking(online, f"http://127.0.0.1:{port}/api/v1") as websocket:
        await hear(websocket)
        server.should_exit = True
        assert (await goodbye(websocket)).code == 1012
        await serving


async def test_sockets_are_counted_by_their_route(address: str, online: httpx.AsyncClient) -> None:
    await refused(address)
    metrics = (await online.get("/metrics")).text
    assert 'scribe_http_requests_total{method="WEBSOCKET",route="/api/v1/ws",status="401"}' in metrics
