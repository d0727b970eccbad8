"""What responses tell browsers, and which pages may read them."""

import httpx
import pytest
from fastapi import FastAPI

from scribe.settings import AuthSettings, Settings
from scribe_api.main import create_app

ELSEWHERE = "https://minutes.example.org"


def app_with(**changes: object) -> FastAPI:
    chosen = Settings(_env_file=None, env="development", auth=AuthSettings(secret="x" * 32))
    for name, value in changes.items():
        group, _, field = name.partition("__")
        setattr(getattr(chosen, group), field, value)
    return create_app(chosen)


def browser(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://scribe")


@pytest.mark.parametrize("path", ["/api/v1/health/live", "/api/v1/nowhere", "/api/v1/auth/login", "/docs"])
async def test_every_response_carries_them(path: str) -> None:
    async with browser(app_with()) as client:
        headers = (await client.get(path)).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "microphone=()" in headers["Permissions-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers
    assert "server" not in headers


async def test_answers_are_not_kept_by_caches() -> None:
    async with browser(app_with()) as client:
        assert (await client.get("/api/v1/health/live")).headers["Cache-Control"] == "no-store"


async def test_nothing_may_run_in_an_answer_but_the_documentation_may_show_itself() -> None:
    async with browser(app_with()) as client:
        answer = (await client.get("/api/v1/health/live")).headers["Content-Security-Policy"]
        page = (await client.get("/docs")).headers["Content-Security-Policy"]
    assert answer.startswith("default-src 'none'")
    assert "script-src 'self' 'unsafe-inline'" in page
    assert "http" not in page


async def test_an_instance_behind_https_says_so() -> None:
    async with browser(app_with(auth__cookie_secure=True)) as client:
        headers = (await client.get("/api/v1/health/live")).headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_an_origin_that_is_let_in_may_read_and_resume_uploads() -> None:
    app = app_with(api__cors_origins=[ELSEWHERE])
    asks = {
        "Origin": ELSEWHERE,
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,tus-resumable,upload-offset",
    }
    async with browser(app) as client:
        asked = await client.options("/api/v1/uploads/1", headers=asks)
        told = await client.get("/api/v1/health/live", headers={"Origin": ELSEWHERE})
        other = await client.get("/api/v1/health/live", headers={"Origin": "https://evil.example"})
    assert asked.headers["Access-Control-Allow-Origin"] == ELSEWHERE
    assert "PATCH" in asked.headers["Access-Control-Allow-Methods"]
    assert told.headers["Access-Control-Allow-Credentials"] == "true"
    assert {"Location", "Upload-Offset", "Tus-Resumable"} <= {
        name.strip() for name in told.headers["Access-Control-Expose-Headers"].split(",")
    }
    assert "Access-Control-Allow-Origin" not in other.headers
