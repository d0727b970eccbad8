"""Wrong passwords make the next try wait, wherever they come from, and never the rightful owner."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select, update

from interface.auth.conftest import EMAIL, PASSWORD
from scribe.db import Database
from scribe.db.models import Throttle
from scribe.settings import Settings, ThrottleSettings
from scribe_api import security
from scribe_api.main import create_app

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("account")]

From = Callable[[str], Awaitable[httpx.AsyncClient]]
WRONG = "wrong"
HOME, CAFE, FAR = "203.0.113.1", "203.0.113.2", "198.51.100.7"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    settings.throttle = ThrottleSettings(
        free_tries=3, address_free_tries=6, first_delay_s=60, longest_delay_s=200, forget_s=600
    )
    return settings


@pytest.fixture
def from_address(app: FastAPI) -> From:
    async def make(address: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app, client=(address, 1))
        page = {"Sec-Fetch-Site": "same-origin"}
        return httpx.AsyncClient(transport=transport, base_url="http://scribe/api/v1", headers=page)

    return make


async def attempt(client: httpx.AsyncClient, password: str = WRONG, email: str = EMAIL) -> httpx.Response:
    return await client.post("/auth/login", json={"email": email, "password": password})


async def statuses(client: httpx.AsyncClient, count: int, email: str = EMAIL) -> list[int]:
    return [(await attempt(client, email=email)).status_code for _ in range(count)]


async def let_time_pass(database: Database, seconds: float) -> None:
    ago = timedelta(seconds=seconds)
    async with database.transaction() as session:
        await session.execute(
            update(Throttle).values(
                counted_at=Throttle.counted_at - ago, not_before=Throttle.not_before - ago
            )
        )


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"], ids=["known", "unknown"])
async def test_after_the_free_tries_the_next_is_told_to_wait(client: httpx.AsyncClient, email: str) -> None:
    assert await statuses(client, 3, email) == [401, 401, 401]
    refused = await attempt(client, email=email)
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "TOO_MANY_ATTEMPTS")
    assert 0 < int(refused.headers["Retry-After"]) <= 60


async def test_a_refused_try_is_not_looked_at(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await statuses(client, 3)

    async def look(*_: object) -> bool:
        raise AssertionError("the password was looked at")

    monkeypatch.setattr("scribe_api.auth.service.verify_password", look)
    assert (await attempt(client, PASSWORD)).status_code == 429


async def test_each_further_wrong_password_doubles_the_wait_up_to_the_longest(
    client: httpx.AsyncClient, database: Database
) -> None:
    await statuses(client, 3)
    waits = []
    for _ in range(4):
        refused = await attempt(client)
        waits.append(int(refused.headers["Retry-After"]))
        await let_time_pass(database, waits[-1])
        assert (await attempt(client)).status_code == 401
    assert [round(wait, -1) for wait in waits] == [60, 120, 200, 200]


async def test_wrong_passwords_are_forgotten_with_time(client: httpx.AsyncClient, database: Database) -> None:
    await statuses(client, 3)
    await let_time_pass(database, 2 * 600)
    assert await statuses(client, 3) == [401, 401, 429]


async def test_signing_in_clears_the_account(client: httpx.AsyncClient) -> None:
    await statuses(client, 2)
    assert (await attempt(client, PASSWORD)).status_code == 200
    client.cookies.clear()
    assert await statuses(client, 3) == [401, 401, 401]


async def test_many_tries_at_once_are_no_more_than_one_after_the_other(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(attempt(client) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [401] * 3 + [429] * 9


async def test_another_instance_counts_with_the_first(client: httpx.AsyncClient, settings: Settings) -> None:
    await statuses(client, 3)
    other = create_app(settings)
    async with other.router.lifespan_context(other):
        transport = httpx.ASGITransport(other, client=(FAR, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://scribe/api/v1") as there:
            assert (await attempt(there, PASSWORD)).status_code == 429


async def test_guessing_from_many_addresses_is_counted_by_account(from_address: From) -> None:
    guesses = [await attempt(await from_address(f"198.51.100.{host}")) for host in range(1, 6)]
    assert [guess.status_code for guess in guesses] == [401, 401, 401, 429, 429]


async def test_an_owner_at_a_new_address_waits_some_seconds_however_long_the_guesser_has_to(
    from_address: From, database: Database
) -> None:
    thief, owner = await from_address(FAR), await from_address(CAFE)
    await statuses(thief, 3)
    await let_time_pass(database, 60)
    assert await statuses(thief, 6) == [401] + [429] * 5
    told = await attempt(owner, PASSWORD)
    assert (told.status_code, int(told.headers["Retry-After"])) == (429, 10)
    await let_time_pass(database, 10)
    assert 100 < int((await attempt(thief)).headers["Retry-After"]) <= 110
    assert (await attempt(owner, PASSWORD)).status_code == 200


async def test_guessing_at_many_accounts_is_counted_by_address(from_address: From) -> None:
    thief = await from_address(FAR)
    answers = [(await attempt(thief, email=f"a{number}@example.org")).status_code for number in range(8)]
    assert answers == [401] * 6 + [429] * 2
    assert (await attempt(await from_address(HOME))).status_code == 401


async def test_one_rented_network_of_ipv6_is_one_address(from_address: From) -> None:
    answers = [
        await attempt(await from_address(f"2001:db8:1:2::{host:x}"), email=f"a{host}@example.org")
        for host in range(1, 8)
    ]
    assert [answer.status_code for answer in answers] == [401] * 6 + [429]


async def test_signing_in_to_an_account_of_ones_own_does_not_clear_the_address(
    from_address: From,
) -> None:
    thief = await from_address(FAR)
    for number in range(5):
        await attempt(thief, email=f"a{number}@example.org")
    assert (await attempt(thief, PASSWORD)).status_code == 200
    thief.cookies.clear()
    answers = [(await attempt(thief, email=f"b{number}@example.org")).status_code for number in range(2)]
    assert answers == [401, 429]


async def test_strangers_cannot_lock_out_the_device_that_signed_in_before(from_address: From) -> None:
    mine = await from_address(HOME)
    assert (await attempt(mine, PASSWORD)).status_code == 200
    await statuses(await from_address(FAR), 4)
    abroad = await from_address(CAFE)
    abroad.cookies.set("scribe_device", mine.cookies["scribe_device"])
    assert (await attempt(await from_address(CAFE), PASSWORD)).status_code == 429
    assert (await attempt(abroad, PASSWORD)).status_code == 200


async def test_strangers_cannot_lock_out_the_address_that_signed_in_before(from_address: From) -> None:
    assert (await attempt(await from_address(HOME), PASSWORD)).status_code == 200
    await statuses(await from_address(FAR), 4)
    without_cookies = await from_address(HOME)
    assert (await attempt(without_cookies, PASSWORD)).status_code == 200


async def test_a_device_that_signed_in_before_is_counted_all_the_same(from_address: From) -> None:
    mine = await from_address(HOME)
    await attempt(mine, PASSWORD)
    assert await statuses(mine, 4) == [401, 401, 401, 429]


async def test_a_device_of_somebody_else_opens_no_counter_of_its_own(
    from_address: From, settings: Settings
) -> None:
    await statuses(await from_address(FAR), 4)
    thief = await from_address(CAFE)
    forged = security.DeviceTokens(settings.auth).issue(uuid4())
    thief.cookies.set("scribe_device", forged)
    assert (await attempt(thief, PASSWORD)).status_code == 429


async def test_what_was_typed_as_an_address_is_not_stored_by_the_counters(
    client: httpx.AsyncClient, database: Database
) -> None:
    await attempt(client, email="my-password@oops")
    async with database.transaction() as session:
        keys = (await session.scalars(select(Throttle.key))).all()
    assert all(len(key) == 64 and "oops" not in key for key in keys)


async def test_the_current_password_cannot_be_guessed_by_a_stolen_session(
    client: httpx.AsyncClient,
) -> None:
    await attempt(client, PASSWORD)
    change = {"current_password": "wrong", "new_password": "another good password"}
    answers = [(await client.post("/auth/change-password", json=change)).status_code for _ in range(4)]
    assert answers == [403, 403, 403, 429]


async def test_counters_use_the_database_clock(client: httpx.AsyncClient, database: Database) -> None:
    await attempt(client)
    async with database.transaction() as session:
        fresh = await session.scalar(
            select(func.bool_and(Throttle.counted_at.between(func.now() - timedelta(minutes=1), func.now())))
        )
    assert fresh
