"""Accounts from the command line, as the front door creates them."""

import asyncio
import json
import sys
from typing import Any

import httpx
import pytest

from scribe.settings import Settings

pytestmark = pytest.mark.integration


async def run(settings: Settings, *arguments: str, stdin: str = "") -> tuple[int, dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "scribe_api.accounts",
        "create",
        *arguments,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={
            "SCRIBE_ENV": "development",
            "SCRIBE_DATABASE__URL": settings.database.url.get_secret_value(),
        },
    )
    printed, _ = await process.communicate(stdin.encode())
    assert process.returncode is not None
    return process.returncode, json.loads(printed)


async def test_the_first_administrator_is_created_once(settings: Settings, client: httpx.AsyncClient) -> None:
    arguments = ("admin@localhost", "--role", "admin", "--if-none-exist")
    code, created = await run(settings, *arguments)
    assert (code, created["created"], created["role"]) == (0, True, "admin")
    signed_in = await client.post(
        "/auth/login", json={"email": "admin@localhost", "password": created["password"]}
    )
    assert signed_in.status_code == 200
    assert await run(settings, *arguments) == (0, {"created": False, "email": "admin@localhost"})


async def test_a_password_from_stdin_is_used_and_not_repeated(
    settings: Settings, client: httpx.AsyncClient
) -> None:
    code, created = await run(settings, "ada@example.org", "--password-stdin", stdin="a fine password\n")
    assert code == 0
    assert "password" not in created
    credentials = {"email": "ada@example.org", "password": "a fine password"}
    assert (await client.post("/auth/login", json=credentials)).status_code == 200
    code, refused = await run(settings, "ada@example.org")
    assert (code, refused["error"]["code"]) == (1, "EMAIL_TAKEN")


@pytest.mark.parametrize(
    ("arguments", "stdin"), [(("nobody",), ""), (("a@example.org", "--password-stdin"), "")]
)
async def test_a_call_that_cannot_work_says_why(
    settings: Settings, arguments: tuple[str, ...], stdin: str
) -> None:
    code, refused = await run(settings, *arguments, stdin=stdin)
    assert (code, refused["error"]["code"]) == (2, "VALIDATION_ERROR")
