"""The first administrator: made once, by whoever has the code."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from interface.auth.conftest import EMAIL, PASSWORD
from scribe.db import Database
from scribe.db.models import AuditRecord
from scribe.first_run import first_run_code
from scribe.settings import Settings, ThrottleSettings

pytestmark = pytest.mark.integration


@pytest.fixture
def settings(settings: Settings) -> Settings:
    settings.throttle = ThrottleSettings(free_tries=3, first_delay_s=60)
    return settings


@pytest.fixture
def code(settings: Settings) -> str:
    return first_run_code(settings.auth)


async def set_up(client: httpx.AsyncClient, code: str, /, **fields: str) -> httpx.Response:
    body = {"email": EMAIL, "password": PASSWORD, "name": "Ada", "code": code}
    return await client.post("/setup", json=body | fields)


async def needed(client: httpx.AsyncClient) -> bool:
    told: dict[str, bool] = (await client.get("/setup")).json()
    return told["needed"]


def refusal(response: httpx.Response) -> tuple[int, str]:
    error: dict[str, Any] = response.json()["error"]
    return response.status_code, error["code"]


async def test_the_first_administrator_is_signed_in_at_once(client: httpx.AsyncClient, code: str) -> None:
    assert await needed(client)
    response = await set_up(client, code)
    assert response.status_code == 201, response.text
    assert response.json()["user"] | {"role": "admin", "name": "Ada"} == response.json()["user"]
    assert len(response.headers.get_list("set-cookie")) == 3
    assert (await client.get("/users")).status_code == 200
    assert not await needed(client)


async def test_the_password_is_the_one_that_was_chosen(client: httpx.AsyncClient, code: str) -> None:
    await set_up(client, code)
    response = await client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD})
    assert response.status_code == 200


async def test_of_two_who_come_at_once_one_becomes_administrator(
    client: httpx.AsyncClient, code: str
) -> None:
    answers = await asyncio.gather(
        set_up(client, code), set_up(client, code, email="bob@example.org"), set_up(client, code)
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {refusal(answer) for answer in answers if answer.status_code == 409} == {(409, "SETUP_DONE")}


async def test_the_code_is_good_for_nothing_once_there_is_an_administrator(
    client: httpx.AsyncClient, code: str
) -> None:
    await set_up(client, code)
    assert refusal(await set_up(client, code, email="eve@example.org")) == (409, "SETUP_DONE")


async def test_a_wrong_code_makes_nobody_administrator(client: httpx.AsyncClient) -> None:
    assert refusal(await set_up(client, "guess")) == (403, "SETUP_CODE_WRONG")
    assert await needed(client)


async def test_wrong_codes_make_the_next_try_wait(client: httpx.AsyncClient, code: str) -> None:
    statuses = [(await set_up(client, "guess")).status_code for _ in range(3)]
    refused = await set_up(client, code)
    assert statuses == [403, 403, 403]
    assert refusal(refused) == (429, "TOO_MANY_ATTEMPTS")
    assert 0 < int(refused.headers["Retry-After"]) <= 60


async def test_a_page_of_somebody_else_cannot_do_it(client: httpx.AsyncClient, code: str) -> None:
    client.headers["Sec-Fetch-Site"] = "cross-site"
    assert refusal(await set_up(client, code)) == (403, "CSRF_REFUSED")


@pytest.mark.usefixtures("account")
async def test_accounts_that_do_not_administer_leave_it_needed(client: httpx.AsyncClient, code: str) -> None:
    assert await needed(client)
    assert refusal(await set_up(client, code)) == (409, "EMAIL_TAKEN")
    assert (await set_up(client, code, email="grace@example.org")).status_code == 201


@pytest.mark.parametrize(
    "wrong", [{"password": "short"}, {"email": "nobody"}, {"code": ""}, {"role": "admin"}], ids=str
)
async def test_what_cannot_be_is_told_by_field(
    client: httpx.AsyncClient, code: str, wrong: dict[str, str]
) -> None:
    assert refusal(await set_up(client, code, **wrong)) == (422, "VALIDATION_ERROR")


async def test_it_is_in_the_audit_log(client: httpx.AsyncClient, code: str, database: Database) -> None:
    await set_up(client, "guess")
    await set_up(client, code)
    async with database.transaction() as session:
        acts = await session.execute(select(AuditRecord.action, AuditRecord.actor).order_by(AuditRecord.id))
    assert [tuple(act) for act in acts] == [
        ("setup_refused", "nobody"),
        ("user_created", "nobody"),
        ("login", EMAIL),
        ("setup_done", EMAIL),
    ]
