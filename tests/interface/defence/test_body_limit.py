"""How large a body may be, by where it goes."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request

from scribe_api.body_limit import LARGEST_BODY, BodyLimit
from scribe_api.defence.stack import EDITS, UPLOADS
from scribe_api.rendering import install_handlers

MEETING = "/api/v1/meetings/00000000-0000-0000-0000-000000000000"
EDIT = f"{MEETING}/transcript/operations"


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()
    install_handlers(app)

    @app.api_route("/{path:path}", methods=["POST", "PATCH"])
    async def count(request: Request) -> int:
        return len(await request.body())

    app.add_middleware(BodyLimit, rooms=[*UPLOADS, EDITS])
    return app


@pytest.mark.parametrize("told", [True, False], ids=["told", "chunked"])
@pytest.mark.parametrize(
    ("method", "path", "size", "status"),
    [
        ("POST", "/api/v1/meetings", 3 << 20, 200),
        ("POST", "/api/v1/uploads", 3 << 20, 200),
        ("PATCH", "/api/v1/uploads/1", 3 << 20, 200),
        ("POST", "/v1/audio/transcriptions", 3 << 20, 200),
        ("POST", EDIT, 1 << 20, 200),
        ("POST", EDIT, 3 << 20, 413),
        ("PATCH", MEETING, LARGEST_BODY, 200),
        ("PATCH", MEETING, LARGEST_BODY + 1, 413),
        ("PATCH", "/api/v1/meetings", LARGEST_BODY + 1, 413),
        ("POST", "/api/v1/uploads/1/2", LARGEST_BODY + 1, 413),
        ("POST", "/api/v1/auth/login", LARGEST_BODY + 1, 413),
    ],
)
async def test_a_body_has_the_room_of_its_kind(
    app: FastAPI, method: str, path: str, size: int, status: int, *, told: bool
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"x" * size

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://scribe") as client:
        response = await client.request(method, path, content=b"x" * size if told else chunks())
    assert response.status_code == status
    if status == 200:
        assert response.json() == size
