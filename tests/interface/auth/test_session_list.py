"""Where one is signed in, and signing out there."""

import uuid
from collections.abc import Awaitable, Callable

import httpx
import pytest

from interface.auth.conftest import EMAIL, PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("account")]

Connect = Callable[..., Awaitable[httpx.AsyncClient]]


async def browser(connect: Connect, name: str) -> httpx.AsyncClient:
    client = await connect({"Sec-Fetch-Site": "same-origin", "User-Agent": name})
    response = await client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert response.status_code == 200
    return client


async def sessions_of(client: httpx.AsyncClient) -> list[dict[str, object]]:
    response = await client.get("/auth/sessions")
    items: list[dict[str, object]] = response.json()["items"]
    return items


async def test_every_session_is_listed_with_where_it_is(connect: Connect) -> None:
    await browser(connect, "phone")
    laptop = await browser(connect, "laptop")
    found = await sessions_of(laptop)
    assert [(one["device"], one["address"], one["current"]) for one in found] == [
        ("laptop", "127.0.0.1", True),
        ("phone", "127.0.0.1", False),
    ]


async def test_a_renewed_session_stays_one_and_keeps_its_beginning(connect: Connect) -> None:
    laptop = await browser(connect, "laptop")
    (before,) = await sessions_of(laptop)
    assert (await laptop.post("/auth/refresh")).status_code == 200
    (after,) = await sessions_of(laptop)
    assert after["id"] == before["id"]
    assert after["created_at"] == before["created_at"]
    assert str(after["last_used_at"]) > str(before["last_used_at"])


async def test_one_session_can_be_ended_from_another(connect: Connect) -> None:
    phone, laptop = await browser(connect, "phone"), await browser(connect, "laptop")
    lost = next(one["id"] for one in await sessions_of(laptop) if one["device"] == "phone")
    assert (await laptop.delete(f"/auth/sessions/{lost}")).status_code == 204
    assert (await phone.get("/auth/me")).status_code == 401
    assert (await phone.post("/auth/refresh")).status_code == 401
    assert (await laptop.get("/auth/me")).status_code == 200
    again = await laptop.delete(f"/auth/sessions/{lost}")
    assert (again.status_code, again.json()["error"]["code"]) == (404, "SESSION_NOT_FOUND")


async def test_somebody_elses_session_is_not_there(connect: Connect, bob: httpx.AsyncClient) -> None:
    laptop = await browser(connect, "laptop")
    (mine,) = await sessions_of(laptop)
    for session_id in (mine["id"], uuid.uuid4()):
        assert (await bob.delete(f"/auth/sessions/{session_id}")).status_code == 404
    assert (await laptop.get("/auth/me")).status_code == 200


async def test_signing_out_everywhere_leaves_no_session(connect: Connect) -> None:
    phone, laptop = await browser(connect, "phone"), await browser(connect, "laptop")
    assert (await laptop.post("/auth/sign-out-everywhere")).status_code == 204
    assert "scribe_access" not in laptop.cookies
    assert (await phone.get("/auth/me")).status_code == 401
    assert (await laptop.get("/auth/me")).status_code == 401
