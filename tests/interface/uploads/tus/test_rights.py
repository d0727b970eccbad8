"""Whose an upload is, and how much may come in."""

from collections.abc import Awaitable, Callable

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from scribe.db import Database
from scribe.db.models import Project, User, UserRole
from tus_client import TUS, Tus, said

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]
SignUp = Callable[..., Awaitable[httpx.AsyncClient]]


async def test_nobody_else_sees_an_upload(tus: Tus, bob: httpx.AsyncClient, admin: httpx.AsyncClient) -> None:
    address = await tus.create(100)
    for other in (Tus(bob), Tus(admin)):
        assert (await other.head(address)).status_code == 404
        assert said(await other.patch(address, 0, b"1")) == (404, "UPLOAD_NOT_FOUND")
        assert said(await other.delete(address)) == (404, "UPLOAD_NOT_FOUND")
        assert said(await other.client.get(address)) == (404, "UPLOAD_NOT_FOUND")


async def test_who_may_only_read_begins_no_upload(sign_up: SignUp) -> None:
    viewer = await sign_up(UserRole.VIEWER)
    answer = await viewer.post("/uploads", headers={**TUS, "Upload-Length": "5"})
    assert said(answer) == (403, "ROLE_TOO_SMALL")


async def test_whoever_loses_the_right_to_upload_cannot_go_on(
    tus: Tus, database: Database, wav: bytes
) -> None:
    address = await tus.create(len(wav))
    await tus.patch(address, 0, wav[:50])
    async with database.transaction() as session:
        await session.execute(update(User).values(role=UserRole.VIEWER))
    assert said(await tus.patch(address, 50, wav[50:])) == (403, "ROLE_TOO_SMALL")
    async with database.transaction() as session:
        await session.execute(update(User).values(role=UserRole.OPERATOR))
    assert (await tus.patch(address, 50, wav[50:])).status_code == 204


async def test_an_upload_over_the_projects_quota_is_refused_at_its_beginning(
    tus: Tus, database: Database
) -> None:
    async with database.transaction() as session:
        await session.execute(update(Project).values(max_bytes=1000))
    answer = await tus.client.post("/uploads", headers={**TUS, "Upload-Length": "1001"})
    assert said(answer) == (413, "QUOTA_BYTES_EXCEEDED")


async def test_an_upload_of_unknown_length_is_stopped_where_it_passes_the_quota(
    tus: Tus, database: Database, large: bytes
) -> None:
    async with database.transaction() as session:
        await session.execute(update(Project).values(max_bytes=1_000_000))
    address = await tus.create(None)
    assert said(await tus.patch(address, 0, large)) == (413, "QUOTA_BYTES_EXCEEDED")
    assert (await tus.head(address)).status_code == 410


async def test_an_upload_of_unknown_length_is_stopped_at_the_largest_size(
    app: FastAPI, tus: Tus, large: bytes
) -> None:
    app.state.gateway.settings.api.max_upload_mib = 5
    address = await tus.create(None)
    assert said(await tus.patch(address, 0, large)) == (413, "UPLOAD_TOO_LARGE")
    state = await tus.state(address)
    assert (state["state"], state["error_code"]) == ("FAILED", "UPLOAD_TOO_LARGE")
