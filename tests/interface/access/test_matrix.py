"""The authorisation matrix: what every route answers to everybody, as written down in matrix.txt.

The routes come from the router, so a new one without a row fails, and so does a row without a route. Each
cell is a request that is valid but for who sends it, about things that were made for it alone.
"""

import asyncio
import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.types import Message, Scope

from scribe.settings import AuthSettings, Settings
from scribe_api.main import create_app

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

Circle = Any
World = Any
Request = dict[str, Any]
TABLE = Path(__file__).with_name("matrix.txt")
FRAMEWORKS_OWN = {"/openapi.json", "/docs", "/docs/oauth2-redirect", "/static-offline-docs"}
ENDLESS = {"GET /api/v1/events", "WS /api/v1/ws"}
PASSWORD = "correct horse battery"
TUS = {"Tus-Resumable": "1.0.0"}
SEEN = {"If-Match": '"1"'}


def _metadata(circle: Circle) -> str:
    project = base64.b64encode(circle.ids["project_id"].encode()).decode()
    return f"filename {base64.b64encode(b'weekly.wav').decode()},project_id {project}"


def _form(circle: Circle) -> Request:
    """A form whose file is no recording: whoever may hand one in is told so by a 415."""
    return {"data": {"project_id": circle.ids["project_id"]}, "files": {"file": ("a.wav", b"not media" * 99)}}


def _asked(circle: Circle) -> Request:
    form = _form(circle)
    return {**form, "data": {**form["data"], "model": "whisper-1"}}


BODIES: dict[str, Callable[[Circle], Request]] = {
    "POST /api/v1/setup": lambda c: {
        "json": {"email": f"new-{c.newcomer}", "password": PASSWORD, "code": "any"}
    },
    "POST /api/v1/auth/login": lambda c: {"json": {"email": c.email, "password": PASSWORD}},
    "POST /api/v1/auth/refresh": lambda c: {"json": {"refresh_token": c.refresh_token}},
    "PATCH /api/v1/auth/me": lambda _: {"json": {"name": "Grace"}},
    "POST /api/v1/auth/change-password": lambda _: {
        "json": {"current_password": PASSWORD, "new_password": "another horse battery"}
    },
    "POST /api/v1/users": lambda c: {"json": {"email": f"new-{c.newcomer}", "password": PASSWORD}},
    "PATCH /api/v1/users/{user_id}": lambda _: {"json": {"name": "Grace"}},
    "PUT /api/v1/users/{user_id}/limits": lambda _: {"json": {"max_jobs": 2}},
    "POST /api/v1/projects": lambda _: {"json": {"name": "Board"}},
    "PATCH /api/v1/projects/{project_id}": lambda _: {"json": {"name": "Board"}},
    "DELETE /api/v1/projects/{project_id}": lambda _: {"params": {"with_meetings": True}},
    "PUT /api/v1/projects/{project_id}/limits": lambda _: {"json": {"max_jobs": 2}},
    "POST /api/v1/projects/{project_id}/members": lambda c: {"json": {"email": c.newcomer, "role": "viewer"}},
    "PATCH /api/v1/projects/{project_id}/members/{user_id}": lambda _: {"json": {"role": "editor"}},
    "POST /api/v1/projects/{project_id}/keys": lambda _: {"json": {"name": "k", "scopes": ["read"]}},
    "POST /api/v1/meetings": _form,
    "PATCH /api/v1/meetings/{meeting_id}": lambda _: {"json": {"title": "Monthly"}},
    "POST /api/v1/meetings/{meeting_id}/move": lambda c: {"json": {"project_id": c.archive}},
    "POST /api/v1/meetings/{meeting_id}/transcript/operations": lambda _: {
        "json": {"operations": [{"op": "edit_text", "segment": 1, "text": "Goodbye"}]},
        "headers": SEEN,
    },
    "POST /api/v1/meetings/{meeting_id}/transcript/replace": lambda _: {
        "json": {"find": "Hello", "replace": "Goodbye"},
        "headers": SEEN,
    },
    "POST /api/v1/meetings/{meeting_id}/revisions/{number}/restore": lambda _: {"headers": SEEN},
    "GET /api/v1/search": lambda _: {"params": {"q": "hello"}},
    "POST /api/v1/uploads": lambda c: {
        "headers": {**TUS, "Upload-Length": "100", "Upload-Metadata": _metadata(c)}
    },
    "HEAD /api/v1/uploads/{upload_id}": lambda _: {"headers": TUS},
    "PATCH /api/v1/uploads/{upload_id}": lambda _: {
        "headers": {**TUS, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    },
    "DELETE /api/v1/uploads/{upload_id}": lambda _: {"headers": TUS},
    "POST /v1/audio/transcriptions": _asked,
    "POST /v1/audio/translations": _asked,
}


def _rows() -> tuple[list[str], dict[str, list[int]]]:
    """The actors, and the expected statuses of every route in their order."""
    lines = [line for line in TABLE.read_text().splitlines() if line and not line.startswith("#")]
    actors = lines[0].split()[1:]
    rows = {}
    for line in lines[1:]:
        method, path, *statuses = line.split()
        assert len(statuses) == len(actors), line
        assert f"{method} {path}" not in rows, line
        rows[f"{method} {path}"] = [int(status) for status in statuses]
    return actors, rows


ACTORS, ROWS = _rows()
CELLS = [
    pytest.param(route, actor, expected, id=f"{route} as {actor}")
    for route, row in ROWS.items()
    for actor, expected in zip(ACTORS, row, strict=True)
]


@pytest.fixture(scope="module")
def described() -> FastAPI:
    return create_app(Settings(_env_file=None, env="development", auth=AuthSettings(secret="x" * 32)))


async def test_every_route_has_its_row_and_every_row_its_route(described: FastAPI) -> None:
    routes = {
        f"{method} {context.path}"
        for context in iter_route_contexts(described.routes)
        if context.path not in FRAMEWORKS_OWN
        for method in context.methods or {"WS"}
    }
    assert sorted(routes) == sorted(ROWS)


@pytest.mark.parametrize(("route", "actor", "expected"), CELLS)
async def test_a_route_answers_each_caller_as_the_table_says(
    world: World, route: str, actor: str, expected: int
) -> None:
    circle = await world.circle(actor)
    if "/transcript" in route or "/revisions" in route or "/audio" in route or "/peaks" in route:
        await world.transcribe(circle)
    if route.endswith("/cancel"):
        await world.queue(circle)
    method, path = route.split(" ")
    request = BODIES.get(route, lambda _: {})(circle)
    headers = {**circle.headers, **request.pop("headers", {})}
    url = path.format(**circle.ids)
    if route in ENDLESS:
        assert await _first_status(world.app, method, url, headers) == expected
        return
    response = await world.client.request(method, url, headers=headers, **request)
    assert response.status_code == expected, response.text


async def _first_status(app: FastAPI, method: str, path: str, headers: dict[str, str]) -> int:
    """The status with which a response begins that never ends; 101 for a WebSocket that is accepted."""
    begun: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    incoming: asyncio.Queue[Message] = asyncio.Queue()
    incoming.put_nowait({"type": "websocket.connect"} if method == "WS" else {"type": "http.request"})

    async def send(message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"} and not begun.done():
            begun.set_result(message["status"])
        if message["type"] == "websocket.accept":
            begun.set_result(101)

    scope: Scope = {
        "type": "websocket" if method == "WS" else "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("scribe", 80),
        "subprotocols": [],
        "state": {},
        "extensions": {"websocket.http.response": {}},
    }
    serving = asyncio.create_task(app(scope, incoming.get, send))
    try:
        serving.add_done_callback(lambda _: begun.done() or begun.cancel())
        return await begun
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
