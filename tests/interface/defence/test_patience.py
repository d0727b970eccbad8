"""Requests that stall, and requests that find no answer, come to an end."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse
from starlette.types import Message, Scope

from scribe_api.defence.patience import Patience
from scribe_api.rendering import install_handlers

SHORT = 0.05


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    install_handlers(app)

    @app.post("/echo")
    @app.post("/upload")
    async def echo(request: Request) -> int:
        return len(await request.body())

    @app.get("/never")
    @app.post("/upload/never")
    async def never() -> None:
        await asyncio.Event().wait()

    @app.get("/long")
    async def long() -> StreamingResponse:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"one "
            await asyncio.sleep(4 * SHORT)
            yield b"two"

        return StreamingResponse(pieces())

    def is_upload(scope: Scope) -> bool:
        return str(scope["path"]).startswith("/upload")

    app.add_middleware(Patience, answer_s=SHORT, stall_s=SHORT, is_upload=is_upload)
    return app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://scribe") as client:
        yield client


@pytest.mark.parametrize("path", ["/echo", "/upload"])
async def test_a_body_that_stalls_is_not_waited_for(app: FastAPI, path: str) -> None:
    sent: list[Message] = []
    first = iter([{"type": "http.request", "body": b"half", "more_body": True}])

    async def receive() -> Message:
        for message in first:
            return message
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    app.user_middleware[0].kwargs["answer_s"] = 100 * SHORT
    scope = {"type": "http", "method": "POST", "path": path, "headers": [], "query_string": b""}
    await app(scope, receive, send)
    assert sent[0]["status"] == 408
    assert b"BODY_STALLED" in sent[1]["body"]


async def test_a_request_without_an_answer_is_given_up(client: httpx.AsyncClient) -> None:
    response = await client.get("/never")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "TOOK_TOO_LONG")


async def test_an_upload_may_take_its_time(client: httpx.AsyncClient) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.post("/upload/never"), 4 * SHORT)


async def test_an_answer_that_has_begun_may_take_its_time(client: httpx.AsyncClient) -> None:
    assert (await client.get("/long")).text == "one two"
