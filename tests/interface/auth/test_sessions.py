"""Signing in and out, as browsers and as programs."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from interface.auth.conftest import EMAIL, PASSWORD
from scribe.db import Database
from scribe.db.models import RefreshSession, User
from scribe.settings import Settings
from scribe_api import security
from scribe_api.auth.service import REUSE_GRACE
from scribe_api.security import AccessTokens

pytestmark = pytest.mark.integration


async def login(client: httpx.AsyncClient, password: str = PASSWORD) -> dict[str, Any]:
    response = await client.post("/auth/login", json={"email": EMAIL, "password": password})
    assert response.status_code == 200, response.text
    pair: dict[str, Any] = response.json()
    return pair


def bearer(pair: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {pair['access_token']}"}


async def age_used_tokens(database: Database) -> None:
    """As if they had been used just before the grace for two tabs at once ran out."""
    async with database.transaction() as session:
        long_ago = RefreshSession.used_at - REUSE_GRACE
        await session.execute(update(RefreshSession).values(used_at=long_ago))


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
    assert len(cookies) == 3
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
async def test_a_refresh_token_used_twice_ends_its_whole_session(
    client: httpx.AsyncClient, database: Database
) -> None:
    first = await login(client)
    client.cookies.clear()
    stolen = {"refresh_token": first["refresh_token"]}
    second = (await client.post("/auth/refresh", json=stolen)).json()
    client.cookies.clear()
    await age_used_tokens(database)
    again = await client.post("/auth/refresh", json=stolen)
    assert (again.status_code, again.json()["error"]["code"]) == (401, "REFRESH_TOKEN_REUSED")
    last = await client.post("/auth/refresh", json={"refresh_token": second["refresh_token"]})
    assert last.json()["error"]["code"] == "REFRESH_TOKEN_INVALID"
    assert await me(client, bearer(second)) == "TOKEN_INVALID"


@pytest.mark.usefixtures("account")
async def test_two_tabs_that_refresh_at_once_both_stay_signed_in(client: httpx.AsyncClient) -> None:
    pair = await login(client)
    client.cookies.clear()
    body = {"refresh_token": pair["refresh_token"]}
    answers = await asyncio.gather(*(client.post("/auth/refresh", json=body) for _ in range(2)))
    client.cookies.clear()
    for answer in answers:
        assert answer.status_code == 200
        assert await me(client, bearer(answer.json())) == EMAIL
        again = await client.post("/auth/refresh", json={"refresh_token": answer.json()["refresh_token"]})
        assert again.status_code == 200
        client.cookies.clear()


@pytest.mark.usefixtures("account")
async def test_a_token_that_signed_out_meanwhile_has_no_grace(client: httpx.AsyncClient) -> None:
    pair = await login(client)
    body = {"refresh_token": pair["refresh_token"]}
    await client.post("/auth/refresh", json=body)
    await client.post("/auth/logout")
    again = await client.post("/auth/refresh", json=body)
    assert (again.status_code, again.json()["error"]["code"]) == (401, "REFRESH_TOKEN_INVALID")


@pytest.mark.usefixtures("account")
async def test_one_stolen_session_leaves_the_others_alone(
    client: httpx.AsyncClient, database: Database
) -> None:
    phone, laptop = await login(client), await login(client)
    client.cookies.clear()
    await client.post("/auth/refresh", json={"refresh_token": phone["refresh_token"]})
    await age_used_tokens(database)
    await client.post("/auth/refresh", json={"refresh_token": phone["refresh_token"]})
    client.cookies.clear()
    assert await me(client, bearer(phone)) == "TOKEN_INVALID"
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
    assert list(client.cookies) == ["scribe_device"]
    assert await me(client, bearer(pair)) == "TOKEN_INVALID"


@pytest.mark.usefixtures("account")
async def test_signing_out_ends_a_session_that_is_just_being_continued(
    client: httpx.AsyncClient, database: Database, blocked: Callable[[int], Awaitable[None]]
) -> None:
    pair = await login(client)
    client.cookies.clear()
    body = {"refresh_token": pair["refresh_token"]}
    async with database.transaction() as session:
        await session.execute(select(User.id).with_for_update())
        refreshing = asyncio.create_task(client.post("/auth/refresh", json=body))
        await blocked(1)
        leaving = asyncio.create_task(client.post("/auth/logout", json=body))
        await blocked(2)
    refreshed = (await refreshing).json()
    assert (await leaving).status_code == 204
    client.cookies.clear()
    assert await me(client, bearer(refreshed)) == "TOKEN_INVALID"
    again = await client.post("/auth/refresh", json={"refresh_token": refreshed["refresh_token"]})
    assert again.json()["error"]["code"] == "REFRESH_TOKEN_INVALID"


@pytest.mark.usefixtures("account")
async def test_a_program_signs_out_with_its_access_token(client: httpx.AsyncClient) -> None:
    pair = await login(client)
    client.cookies.clear()
    await client.post("/auth/logout", headers=bearer(pair))
    assert await me(client, bearer(pair)) == "TOKEN_INVALID"


@pytest.mark.usefixtures("account")
async def test_an_unknown_refresh_token_does_not_keep_the_bearers_session_open(
    client: httpx.AsyncClient,
) -> None:
    pair = await login(client)
    client.cookies.clear()
    await client.post("/auth/logout", headers=bearer(pair), json={"refresh_token": "made up"})
    assert await me(client, bearer(pair)) == "TOKEN_INVALID"


async def test_signing_out_without_a_session_is_fine(client: httpx.AsyncClient) -> None:
    assert (await client.post("/auth/logout")).status_code == 204


@pytest.mark.usefixtures("account")
async def test_a_new_password_signs_out_everywhere_else(
    connect: Callable[..., Awaitable[httpx.AsyncClient]],
) -> None:
    page = {"Sec-Fetch-Site": "same-origin"}
    here, there = await connect(page), await connect(page)
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


@pytest.mark.usefixtures("account")
async def test_no_connection_to_the_database_is_held_while_passwords_are_hashed(
    app: FastAPI, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = app.state.gateway.database.engine.pool
    held: list[int] = []

    async def compute(do: Callable[[], Any]) -> Any:
        held.append(pool.checkedout())
        return do()

    monkeypatch.setattr(security.hashing, "compute", compute)
    await login(client)
    change = {"current_password": PASSWORD, "new_password": "another good password"}
    assert (await client.post("/auth/change-password", json=change)).status_code == 204
    assert held == [0, 0, 0]


async def test_a_password_that_changes_while_it_is_checked_signs_nobody_in(
    client: httpx.AsyncClient, account: User, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def check_slowly(password: str, password_hash: str | None) -> bool:
        known = await security.verify_password(password, password_hash)
        async with database.transaction() as session:
            (await session.get_one(User, account.id)).password_hash = "another"
        return known

    monkeypatch.setattr("scribe_api.auth.service.verify_password", check_slowly)
    response = await client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert response.json()["error"]["code"] == "WRONG_CREDENTIALS"
