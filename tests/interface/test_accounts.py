"""Accounts from the command line, as the front door creates them."""

import asyncio
import json
import sys
from typing import Any

import httpx
import pytest

from scribe.db.models import UserRole
from scribe.settings import Settings
from scribe_api.accounts import create

pytestmark = pytest.mark.integration


PASSWORD = "a fine password"


async def run(settings: Settings, *arguments: str, password: str = PASSWORD) -> tuple[int, dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "scribe_api.accounts",
        "create",
        "--password-stdin",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={
            "SCRIBE_ENV": "development",
            "SCRIBE_DATABASE__URL": settings.database.url.get_secret_value(),
        },
    )
    printed, _ = await process.communicate(f"{password}\n".encode())
    assert process.returncode is not None
    return process.returncode, json.loads(printed)


async def test_the_first_administrator_is_created_once(settings: Settings, client: httpx.AsyncClient) -> None:
    arguments = ("admin@localhost", "--role", "admin", "--if-none-exist")
    code, created = await run(settings, *arguments)
    assert (code, created["created"], created["role"]) == (0, True, "admin")
    credentials = {"email": "admin@localhost", "password": PASSWORD}
    assert (await client.post("/auth/login", json=credentials)).status_code == 200
    assert await run(settings, *arguments) == (0, {"created": False, "email": "admin@localhost"})


async def test_of_two_first_accounts_at_once_one_is_created_and_the_other_no_error(
    settings: Settings,
) -> None:
    outcomes = await asyncio.gather(
        *(
            create(settings, email, role=UserRole.ADMIN, password=PASSWORD, if_none_exist=True)
            for email in ("a@localhost", "b@localhost", "a@localhost")
        )
    )
    assert sorted(outcome["created"] is True for outcome in outcomes) == [False, False, True]


async def test_the_password_is_not_repeated_and_an_address_is_taken_once(settings: Settings) -> None:
    code, created = await run(settings, "ada@example.org")
    assert code == 0
    assert PASSWORD not in str(created)
    code, refused = await run(settings, "ada@example.org")
    assert (code, refused["error"]["code"]) == (1, "EMAIL_TAKEN")


@pytest.mark.parametrize(("email", "password"), [("nobody", PASSWORD), ("a@example.org", "")])
async def test_a_call_that_cannot_work_says_why(settings: Settings, email: str, password: str) -> None:
    code, refused = await run(settings, email, password=password)
    assert (code, refused["error"]["code"]) == (2, "VALIDATION_ERROR")
