"""One shape for every error, a correlation id on every response, nothing reported done that was not."""

import dataclasses
import errno
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from structlog.testing import capture_logs

from scribe.db import Database
from scribe.settings import DatabaseSettings
from scribe_api.access.deps import DbSession

pytestmark = pytest.mark.integration

DEFERRED = """
CREATE TABLE promises (id int PRIMARY KEY, kept int REFERENCES promises (id) DEFERRABLE INITIALLY DEFERRED)
"""


def code_of(response: httpx.Response) -> str:
    error = response.json()["error"]
    assert set(error) == {"code", "message", "detail"}
    assert error["message"]
    assert error["detail"]["correlation_id"] == response.headers["X-Request-ID"]
    return str(error["code"])


async def test_an_unknown_address_says_so(client: httpx.AsyncClient) -> None:
    response = await client.get("/nowhere")
    assert (response.status_code, code_of(response)) == (404, "NOT_FOUND")


async def test_a_wrong_method_names_the_right_ones(client: httpx.AsyncClient) -> None:
    response = await client.put("/auth/login")
    assert (response.status_code, code_of(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["Allow"] == "POST"
    response = await client.put("/meetings")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, POST")
    response = await client.post("/meetings/00000000-0000-0000-0000-000000000000")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, PATCH, DELETE")


async def test_a_wrong_field_is_named_and_its_value_not_repeated(client: httpx.AsyncClient) -> None:
    response = await client.post("/auth/login", json={"email": "nobody", "password": "s3cret-s3cret"})
    assert (response.status_code, code_of(response)) == (422, "VALIDATION_ERROR")
    assert [field["field"] for field in response.json()["error"]["detail"]["fields"]] == ["body.email"]
    assert "s3cret" not in response.text


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b'"text"', b"null"])
async def test_a_body_that_is_not_what_was_asked_for_is_refused(
    client: httpx.AsyncClient, body: bytes
) -> None:
    response = await client.post("/auth/login", content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, code_of(response)) == (422, "VALIDATION_ERROR")


async def test_a_body_that_is_far_too_large_is_refused(client: httpx.AsyncClient) -> None:
    response = await client.post("/auth/login", json={"email": "a@b", "password": "x" * 300_000})
    assert (response.status_code, code_of(response)) == (413, "BODY_TOO_LARGE")


async def test_a_body_that_does_not_say_how_large_it_is_is_refused_when_it_grows(
    client: httpx.AsyncClient,
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 65536

    headers = {"Content-Type": "application/json"}
    response = await client.post("/auth/login", content=endless(), headers=headers)
    assert (response.status_code, code_of(response)) == (413, "BODY_TOO_LARGE")


async def test_a_correlation_id_is_kept_when_it_is_harmless(client: httpx.AsyncClient) -> None:
    response = await client.get("/health/live", headers={"X-Request-ID": "trace-42"})
    assert response.headers["X-Request-ID"] == "trace-42"


async def test_a_correlation_id_that_could_forge_a_log_line_is_replaced(client: httpx.AsyncClient) -> None:
    response = await client.get("/health/live", headers={"X-Request-ID": "x y\tz"})
    assert response.headers["X-Request-ID"] != "x y\tz"


async def test_a_fault_of_ours_is_a_500_without_its_inside(app: FastAPI, client: httpx.AsyncClient) -> None:
    @app.get("/api/v1/broken")
    async def broken() -> None:
        raise RuntimeError("the inside")

    response = await client.get("/broken")
    assert (response.status_code, code_of(response)) == (500, "INTERNAL")
    assert "inside" not in response.text


async def test_a_full_disk_is_a_fault_of_ours_and_not_the_databases(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    @app.get("/api/v1/full")
    async def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with capture_logs() as logs:
        response = await client.get("/full")
    assert (response.status_code, code_of(response)) == (500, "INTERNAL")
    crash = next(entry for entry in logs if entry["event"] == "request_crashed")
    assert crash["exc_info"].errno == errno.ENOSPC


async def test_a_commit_that_fails_is_not_reported_as_done(
    app: FastAPI, client: httpx.AsyncClient, database: Database
) -> None:
    async with database.transaction() as session:
        await session.execute(text(DEFERRED))

    @app.post("/api/v1/promise", status_code=201)
    async def promise(session: DbSession) -> None:
        await session.execute(text("INSERT INTO promises VALUES (1, 2)"))

    response = await client.post("/promise")
    assert (response.status_code, code_of(response)) == (500, "INTERNAL")


async def test_a_database_that_is_away_is_a_503(app: FastAPI, ada: httpx.AsyncClient) -> None:
    nowhere = Database(DatabaseSettings(url="postgresql+asyncpg://nobody:nothing@127.0.0.1:1/none"))
    app.state.gateway = dataclasses.replace(app.state.gateway, database=nowhere)
    response = await ada.get("/auth/me")
    assert (response.status_code, code_of(response)) == (503, "DATABASE_UNAVAILABLE")
    await nowhere.close()
