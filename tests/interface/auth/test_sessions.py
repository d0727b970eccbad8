"""Signing in and out, as browsers and as programs."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from scribe.db import Database
from scribe.db.models import RefreshSession, User, UserRole
from scribe.settings import Settings
from scribe_api.security import AccessTokens
from scribe_api.users import service

pytestmark = pytest.mark.integration

EMAIL = "ada@example.org"
PASSWORD = "correct horse battery staple"


@pytest.fixture
async def account(database: Database) -> User:
    async with database.transaction() as session:
        return await service.create(session, EMAIL, PASSWORD, role=UserRole.USER)


async def login(client: httpx.AsyncClient, password: str = PASSWORD) -> dict[str, Any]:
    response = await client.post("/auth/login", json={"email": EMAIL, "password": password})
    assert response.status_code == 200, response.text
    pair: dict[str, Any] = response.json()
    return pair


def bearer(pair: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {pair['access_token']}"}


async def me(client: httpx.AsyncClient, headers: dict[str, str]) -> str:
    response = await client.get("/auth/me", headers=headers)
    return str(response.json().get("email") or response.json()["error"]["code"])


@pytest.mark.usefixtures("account")
async def test_a_program_signs_in_with_a_bearer_token(client: httpx.AsyncClient) -> None:
    pair = await login(client)
    client.cookies.clear()
    assert await me(client, bearer(pair)) == EMAIL
    assert pair["expires_in"] == 900


@pytest.mark.usefixtures("account")
async def test_a_browser_gets_cookies_that_scripts_cannot_read(client: httpx.AsyncClient) -> None:
    response = await client.post("/auth/login", json={"email": EMAIL.upper(), "password": PASSWORD})
    cookies = response.headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies)
    assert "Path=/api/v1/auth;" in next(cookie for cookie in cookies if cookie.startswith("scribe_refresh"))
    assert await me(client, {}) == EMAIL


@pytest.mark.usefixtures("account")
async def test_a_bearer_token_wins_over_a_cookie(client: httpx.AsyncClient) -> None:
    await login(client)
    assert await me(client, {"Authorization": "Bearer nonsense"}) == "TOKEN_INVALID"


async def test_an_expired_token_says_that_it_has_expired(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    tokens = AccessTokens(settings.auth)
    tokens.lifetime = timedelta(seconds=-1)
    response = await client.get("/auth/me", headers=bearer({"access_token": tokens.issue(uuid4(), uuid4())}))
    assert (response.status_code, response.json()["error"]["code"]) == (401, "TOKEN_EXPIRED")


async def test_without_a_token_nobody_is_signed_in(client: httpx.AsyncClient) -> None:
    response = await client.get("/auth/me")
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["error"]["code"] == "NOT_AUTHENTICATED"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    "attempt",
    [{"email": EMAIL, "password": "wrong"}, {"email": "nobody@example.org", "password": PASSWORD}],
)
async def test_a_wrong_password_and_an_unknown_address_look_the_same(
    client: httpx.AsyncClient, attempt: dict[str, str]
) -> None:
    response = await client.post("/auth/login", json=attempt)
    assert response.status_code == 401
    assert response.json()["error"]["code"] == "WRONG_CREDENTIALS"


async def test_a_switched_off_account_cannot_sign_in_and_is_signed_out(
    client: httpx.AsyncClient, account: User, database: Database
) -> None:
    pair = await login(client)
    async with database.transaction() as session:
        (await session.get_one(User, account.id)).active = False
    assert await me(client, bearer(pair)) == "TOKEN_INVALID"
    response = await client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert response.json()["error"]["code"] == "WRONG_CREDENTIALS"


@pytest.mark.usefixtures("account")
async def test_refreshing_hands_out_a_new_pair_and_keeps_the_session(client: httpx.AsyncClient) -> None:
    first = await login(client)
    client.cookies.clear()
    response = await client.post("/auth/refresh", json={"refresh_token": first["refresh_token"]})
    second = response.json()
    assert second["refresh_token"] != first["refresh_token"]
    client.cookies.clear()
    assert await me(client, bearer(second)) == EMAIL


@pytest.mark.usefixtures("account")
async def test_a_browser_refreshes_with_its_cookie_alone(client: httpx.AsyncClient) -> None:
    await login(client)
    before = client.cookies["scribe_refresh"]
    assert (await client.post("/auth/refresh")).status_code == 200
    assert client.cookies["scribe_refresh"] != before


@pytest.mark.usefixtures("account")
async def test_a_refresh_token_used_twice_ends_its_whole_session(client: httpx.AsyncClient) -> None:
    first = await login(client)
    client.cookies.clear()
    stolen = {"refresh_token": first["refresh_token"]}
    second = (await client.post("/auth/refresh", json=stolen)).json()
    client.cookies.clear()
    again = await client.post("/auth/refresh", json=stolen)
    assert (again.status_code, again.json()["error"]["code"]) == (401, "REFRESH_TOKEN_REUSED")
    last = await client.post("/auth/refresh", json={"refresh_token": second["refresh_token"]})
    assert last.json()["error"]["code"] == "REFRESH_TOKEN_INVALID"
    assert await me(client, bearer(second)) == "TOKEN_INVALID"


@pytest.mark.usefixtures("account")
async def test_of_two_refreshes_at_once_only_one_wins(client: httpx.AsyncClient) -> None:
    pair = await login(client)
    client.cookies.clear()
    body = {"refresh_token": pair["refresh_token"]}
    answers = await asyncio.gather(*(client.post("/auth/refresh", json=body) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 401]


@pytest.mark.usefixtures("account")
async def test_one_stolen_session_leaves_the_others_alone(client: httpx.AsyncClient) -> None:
    phone, laptop = await login(client), await login(client)
    client.cookies.clear()
    for _ in range(2):
        await client.post("/auth/refresh", json={"refresh_token": phone["refresh_token"]})
    client.cookies.clear()
    assert await me(client, bearer(laptop)) == EMAIL


async def test_a_refresh_token_is_stored_only_as_its_hash(
    client: httpx.AsyncClient, account: User, database: Database
) -> None:
    pair = await login(client)
    async with database.transaction() as session:
        row = await session.scalar(select(RefreshSession).where(RefreshSession.user_id == account.id))
    assert row is not None
    assert pair["refresh_token"] not in str(vars(row))


@pytest.mark.parametrize("body", [None, {}, {"refresh_token": "made up"}])
async def test_an_unknown_refresh_token_is_refused(
    client: httpx.AsyncClient, body: dict[str, str] | None
) -> None:
    response = await client.post("/auth/refresh", json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (401, "REFRESH_TOKEN_INVALID")


@pytest.mark.usefixtures("account")
async def test_signing_out_ends_the_access_token_too(client: httpx.AsyncClient) -> None:
    pair = await login(client)
    response = await client.post("/auth/logout")
    assert response.status_code == 204
    assert not client.cookies
    assert await me(client, bearer(pair)) == "TOKEN_INVALID"


@pytest.mark.usefixtures("account")
async def test_a_program_signs_out_with_its_access_token(client: httpx.AsyncClient) -> None:
    pair = await login(client)
    client.cookies.clear()
    await client.post("/auth/logout", headers=bearer(pair))
    assert await me(client, bearer(pair)) == "TOKEN_INVALID"


async def test_signing_out_without_a_session_is_fine(client: httpx.AsyncClient) -> None:
    assert (await client.post("/auth/logout")).status_code == 204


@pytest.mark.usefixtures("account")
async def test_a_new_password_signs_out_everywhere_else(
    connect: Callable[..., Awaitable[httpx.AsyncClient]],
) -> None:
    here, there = await connect(), await connect()
    await login(here)
    await login(there)
    change = {"current_password": PASSWORD, "new_password": "another good password"}
    assert (await here.post("/auth/change-password", json=change)).status_code == 204
    assert await me(here, {}) == EMAIL
    assert await me(there, {}) == "TOKEN_INVALID"
    await login(there, "another good password")


@pytest.mark.usefixtures("account")
async def test_the_current_password_must_be_right_to_change_it(client: httpx.AsyncClient) -> None:
    await login(client)
    change = {"current_password": "wrong", "new_password": "another good password"}
    response = await client.post("/auth/change-password", json=change)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "WRONG_PASSWORD")
    await login(client)


@pytest.mark.usefixtures("account")
async def test_a_password_with_odd_characters_is_just_a_wrong_one(client: httpx.AsyncClient) -> None:
    response = await client.post("/auth/login", json={"email": EMAIL, "password": "\0 🦜 " + "x" * 900})
    assert response.json()["error"]["code"] == "WRONG_CREDENTIALS"
