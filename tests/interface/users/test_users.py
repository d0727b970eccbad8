"""Accounts, as administrators handle them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from circles import found, outcome, take_in
from scribe.db import Database
from scribe.db.models import Meeting, Project, User, UserRole

pytestmark = pytest.mark.integration

SignUp = Callable[..., Awaitable[httpx.AsyncClient]]
Blocked = Callable[[int], Awaitable[None]]
NEW = {"email": "Grace@Example.org", "password": "correct horse battery", "name": "Grace\n Hopper "}


async def my_id(client: httpx.AsyncClient) -> str:
    return str((await client.get("/auth/me")).json()["id"])


async def test_an_administrator_creates_an_account_that_can_sign_in(
    admin: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    created = await admin.post("/users", json=NEW)
    assert created.status_code == 201
    assert created.json()["email"] == "grace@example.org"
    assert created.json()["name"] == "Grace Hopper"
    assert "password" not in created.text
    signed_in = await client.post("/auth/login", json={k: NEW[k] for k in ("email", "password")})
    assert signed_in.status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/users"),
        ("POST", "/users"),
        ("GET", "/users/00000000-0000-0000-0000-000000000000"),
        ("PATCH", "/users/00000000-0000-0000-0000-000000000000"),
        ("DELETE", "/users/00000000-0000-0000-0000-000000000000"),
    ],
)
async def test_nobody_else_may_touch_accounts(ada: httpx.AsyncClient, method: str, path: str) -> None:
    body: Any = NEW if method == "POST" else {"active": False}
    response = await ada.request(method, path, json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "ADMINS_ONLY")


async def test_an_address_is_taken_once(admin: httpx.AsyncClient) -> None:
    await admin.post("/users", json=NEW)
    again = await admin.post("/users", json={**NEW, "email": "GRACE@example.org"})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "EMAIL_TAKEN")


async def test_switching_an_account_off_signs_it_out(
    admin: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    response = await admin.patch(f"/users/{await my_id(ada)}", json={"active": False})
    assert response.json()["active"] is False
    assert (await ada.get("/auth/me")).status_code == 401


async def test_a_reset_password_signs_the_account_out_and_works(
    admin: httpx.AsyncClient, ada: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    email = (await ada.get("/auth/me")).json()["email"]
    await admin.patch(f"/users/{await my_id(ada)}", json={"password": "a new password"})
    assert (await ada.get("/auth/me")).status_code == 401
    response = await client.post("/auth/login", json={"email": email, "password": "a new password"})
    assert response.status_code == 200


@pytest.mark.parametrize("change", [{"active": False}, {"role": "operator"}])
async def test_the_last_administrator_stays_one(admin: httpx.AsyncClient, change: dict[str, Any]) -> None:
    response = await admin.patch(f"/users/{await my_id(admin)}", json=change)
    assert (response.status_code, response.json()["error"]["code"]) == (409, "LAST_ADMINISTRATOR")


async def test_the_last_administrator_cannot_be_deleted(admin: httpx.AsyncClient) -> None:
    response = await admin.delete(f"/users/{await my_id(admin)}")
    assert response.json()["error"]["code"] == "LAST_ADMINISTRATOR"


async def test_two_administrators_cannot_demote_each_other_at_once(
    admin: httpx.AsyncClient, sign_up: SignUp, database: Database, blocked: Blocked
) -> None:
    other = await sign_up(UserRole.ADMIN)
    mine, theirs = await my_id(admin), await my_id(other)
    async with database.transaction() as session:
        await session.execute(select(User.id).with_for_update())
        demotions = [
            asyncio.create_task(client.patch(f"/users/{whom}", json={"role": "operator"}))
            for client, whom in ((admin, theirs), (other, mine))
        ]
        await blocked(2)
    done, refused = sorted(await asyncio.gather(*demotions), key=lambda answer: answer.status_code)
    assert done.status_code == 200
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "LAST_ADMINISTRATOR")


async def test_an_account_whose_upload_is_just_being_recorded_is_not_deleted(
    admin: httpx.AsyncClient, ada: httpx.AsyncClient, database: Database, blocked: Blocked
) -> None:
    ada_id = await my_id(ada)
    async with database.transaction() as session:
        session.add(
            Meeting(
                project_id=await session.scalar(select(Project.id).where(Project.personal_of == ada_id)),
                created_by=ada_id,
                title="t",
                filename="f",
                source_key="k",
                content_type="audio/wav",
                size=1,
            )
        )
        await session.flush()
        deleting = asyncio.create_task(admin.delete(f"/users/{ada_id}"))
        await blocked(1)
    response = await deleting
    assert (response.status_code, response.json()["error"]["code"]) == (409, "USER_HAS_MEETINGS")


async def test_an_account_without_meetings_is_deleted(
    admin: httpx.AsyncClient, ada: httpx.AsyncClient
) -> None:
    user_id = await my_id(ada)
    assert (await admin.delete(f"/users/{user_id}")).status_code == 204
    assert (await admin.get(f"/users/{user_id}")).json()["error"]["code"] == "USER_NOT_FOUND"


async def test_an_account_with_meetings_is_not_deleted(
    admin: httpx.AsyncClient, ada: httpx.AsyncClient, hand_in: Callable[..., Awaitable[dict[str, Any]]]
) -> None:
    await hand_in(ada)
    response = await admin.delete(f"/users/{await my_id(ada)}")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "USER_HAS_MEETINGS")


async def test_an_empty_change_is_refused(admin: httpx.AsyncClient) -> None:
    response = await admin.patch(f"/users/{await my_id(admin)}", json={})
    assert response.status_code == 422


async def test_the_list_shows_everybody(admin: httpx.AsyncClient, ada: httpx.AsyncClient) -> None:
    items = (await admin.get("/users")).json()["items"]
    assert {item["id"] for item in items} == {await my_id(admin), await my_id(ada)}


async def test_the_last_owner_of_a_shared_project_is_not_deleted(
    admin: httpx.AsyncClient, ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "editor")
    user = f"/users/{await my_id(ada)}"
    assert outcome(await admin.delete(user)) == (409, "LAST_OWNER")
    await ada.patch(f"/projects/{project}/members/{await my_id(bob)}", json={"role": "owner"})
    assert (await admin.delete(user)).status_code == 204
    members = (await bob.get(f"/projects/{project}/members")).json()["items"]
    assert [member["user_id"] for member in members] == [await my_id(bob)]
