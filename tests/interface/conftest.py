"""A running gateway, the people who use it, and small recordings to hand in."""

import asyncio
import io
import math
import struct
import uuid
import wave
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import structlog
import uvicorn
from fastapi import FastAPI
from sqlalchemy import text

from scribe.db import Database
from scribe.db.models import RefreshSession, User, UserRole
from scribe.projects import personal_project
from scribe.settings import Settings
from scribe_api.main import create_app
from scribe_api.security import AccessTokens, fingerprint, new_refresh_token

# Hashing costs a quarter of a second by design; whoever tests passwords makes accounts by the API.
NO_PASSWORD = "no password has this hash"

Connect = Callable[..., Awaitable[httpx.AsyncClient]]
SignUp = Callable[..., Awaitable[httpx.AsyncClient]]
HandIn = Callable[..., Awaitable[dict[str, Any]]]


def tone(seconds: float = 1.0, rate: int = 8000, pitch: float = 440.0) -> bytes:
    """A WAV file: one sine, mono, 16 bit."""
    samples = (int(8000 * math.sin(2 * math.pi * pitch * i / rate)) for i in range(int(seconds * rate)))
    frames = b"".join(struct.pack("<h", sample) for sample in samples)
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(frames)
    return written.getvalue()


@pytest.fixture(scope="session", autouse=True)
def plain_logs() -> None:
    """Tracebacks without the locals of every frame: those take a minute to draw."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def connect(app: FastAPI) -> AsyncIterator[Connect]:
    """Makes clients of the gateway in this process; the headers go with every request."""
    async with AsyncExitStack() as stack:

        async def make(headers: dict[str, str] | None = None) -> httpx.AsyncClient:
            return await stack.enter_async_context(
                httpx.AsyncClient(
                    transport=httpx.ASGITransport(app), base_url="http://scribe/api/v1", headers=headers
                )
            )

        yield make


@pytest.fixture
async def client(connect: Connect) -> httpx.AsyncClient:
    """Somebody who is not signed in, with a browser that shows a page of this server."""
    return await connect({"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
async def address(app: FastAPI) -> AsyncIterator[str]:
    """A real server on loopback, for what an in-process client cannot do: hang up, and read a stream."""
    server = uvicorn.Server(
        uvicorn.Config(
            app, port=0, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=2
        )
    )
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/api/v1"
    server.should_exit = True
    await serving


@pytest.fixture
def sign_up(database: Database, settings: Settings, connect: Connect) -> SignUp:
    """Makes somebody with an account and a client that is signed in to it."""

    async def make(role: UserRole = UserRole.OPERATOR) -> httpx.AsyncClient:
        user = User(
            id=uuid.uuid4(), email=f"{uuid.uuid4().hex}@example.org", role=role, password_hash=NO_PASSWORD
        )
        family_id = uuid.uuid4()
        async with database.transaction() as session:
            session.add(user)
            await session.flush()
            await personal_project(session, user)
            session.add(
                RefreshSession(
                    user_id=user.id,
                    family_id=family_id,
                    token_hash=fingerprint(new_refresh_token()),
                    expires_at=datetime.now(UTC) + timedelta(days=1),
                )
            )
        token = AccessTokens(settings.auth).issue(user.id, family_id)
        return await connect({"Authorization": f"Bearer {token}"})

    return make


@pytest.fixture
async def ada(sign_up: SignUp) -> httpx.AsyncClient:
    return await sign_up()


@pytest.fixture
async def bob(sign_up: SignUp) -> httpx.AsyncClient:
    return await sign_up()


@pytest.fixture
async def admin(sign_up: SignUp) -> httpx.AsyncClient:
    return await sign_up(UserRole.ADMIN)


@pytest.fixture
async def online(address: str, ada: httpx.AsyncClient) -> AsyncIterator[httpx.AsyncClient]:
    """Ada, over a real connection."""
    async with httpx.AsyncClient(base_url=address, headers=ada.headers, timeout=20) as client:
        yield client


@pytest.fixture
def recording() -> Callable[..., bytes]:
    """Makes a WAV file of one tone."""
    return tone


@pytest.fixture
def wav() -> bytes:
    return tone()


@pytest.fixture
def hand_in(wav: bytes) -> HandIn:
    """Uploads a recording and returns the meeting as the API tells it."""

    async def upload(client: httpx.AsyncClient, name: str = "stand-up.wav", **fields: str) -> dict[str, Any]:
        response = await client.post("/meetings", data=fields, files={"file": (name, wav)})
        assert response.status_code == 201, response.text
        meeting: dict[str, Any] = response.json()
        return meeting

    return upload


@pytest.fixture
def blocked(database: Database) -> Callable[[int], Awaitable[None]]:
    """Waits until that many requests wait for rows that somebody holds."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )

    async def wait_for(count: int) -> None:
        async def are_waiting() -> bool:
            async with database.transaction() as session:
                return bool(await session.scalar(waiting) == count)

        await until(are_waiting)

    return wait_for


async def until(condition: Callable[[], bool] | Callable[[], Awaitable[bool]], seconds: float = 15.0) -> None:
    """Wait for the condition; fail when it does not come true."""
    async with asyncio.timeout(seconds):
        while True:
            met = condition()
            if met if isinstance(met, bool) else await met:
                return
            await asyncio.sleep(0.02)


@pytest.fixture
def eventually() -> Callable[..., Awaitable[None]]:
    return until
