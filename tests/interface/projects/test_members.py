"""Who is in a project: taken in, promoted, let go, never without an owner."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from circles import found, make_key, my_address, my_id, outcome, take_in
from scribe.db import Database
from scribe.db.models import Project, UserRole

pytestmark = pytest.mark.integration

SignUp = Callable[..., Awaitable[httpx.AsyncClient]]
HandIn = Callable[..., Awaitable[dict[str, Any]]]
Blocked = Callable[[int], Awaitable[None]]


async def test_a_member_sees_what_the_project_holds_until_let_go(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, hand_in: HandIn
) -> None:
    project = (await found(ada))["id"]
    meeting = (await hand_in(ada, project_id=project))["id"]
    assert outcome(await bob.get(f"/meetings/{meeting}")) == (404, "MEETING_NOT_FOUND")
    await take_in(ada, project, bob, "viewer")
    assert (await bob.get(f"/meetings/{meeting}")).status_code == 200
    assert outcome(await bob.delete(f"/meetings/{meeting}")) == (403, "ROLE_TOO_SMALL")
    assert (await ada.delete(f"/projects/{project}/members/{await my_id(bob)}")).status_code == 204
    assert outcome(await bob.get(f"/meetings/{meeting}")) == (404, "MEETING_NOT_FOUND")


async def test_the_members_are_listed_owners_first(ada: httpx.AsyncClient, bob: httpx.AsyncClient) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "editor")
    items = (await bob.get(f"/projects/{project}/members")).json()["items"]
    assert [(item["email"], item["role"]) for item in items] == [
        (await my_address(ada), "owner"),
        (await my_address(bob), "editor"),
    ]


async def test_a_new_role_counts_at_once(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, hand_in: HandIn
) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "editor")
    await hand_in(bob, project_id=project)
    member = f"/projects/{project}/members/{await my_id(bob)}"
    assert (await ada.patch(member, json={"role": "viewer"})).json()["role"] == "viewer"
    refused = await bob.post("/meetings", data={"project_id": project}, files={"file": ("a.wav", b"RIFF")})
    assert refused.status_code in {403, 415}
    assert (await ada.patch(member, json={"role": "owner"})).json()["role"] == "owner"
    assert (await bob.patch(f"/projects/{project}", json={"name": "Board"})).status_code == 200


async def test_an_account_that_may_only_read_never_does_more_in_a_project(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, admin: httpx.AsyncClient, sign_up: SignUp
) -> None:
    reader = await sign_up(UserRole.VIEWER)
    project = (await found(ada))["id"]
    email = await my_address(reader)
    refused = await ada.post(f"/projects/{project}/members", json={"email": email, "role": "editor"})
    assert outcome(refused) == (409, "ACCOUNT_READS_ONLY")
    await take_in(ada, project, reader, "viewer")
    promoted = await ada.patch(f"/projects/{project}/members/{await my_id(reader)}", json={"role": "owner"})
    assert outcome(promoted) == (409, "ACCOUNT_READS_ONLY")
    await take_in(ada, project, bob, "owner")
    await admin.patch(f"/users/{await my_id(bob)}", json={"role": "viewer"})
    refused = await bob.patch(f"/projects/{project}", json={"name": "Board"})
    assert outcome(refused) == (403, "ROLE_TOO_SMALL")


async def test_the_last_owner_can_neither_leave_nor_be_demoted(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "editor")
    me = f"/projects/{project}/members/{await my_id(ada)}"
    assert outcome(await ada.delete(me)) == (409, "LAST_OWNER")
    assert outcome(await ada.patch(me, json={"role": "viewer"})) == (409, "LAST_OWNER")


async def test_an_owner_who_can_manage_nothing_does_not_count_as_another(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, admin: httpx.AsyncClient
) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "owner")
    await admin.patch(f"/users/{await my_id(bob)}", json={"active": False})
    assert outcome(await ada.delete(f"/projects/{project}/members/{await my_id(ada)}")) == (409, "LAST_OWNER")


async def test_two_owners_cannot_remove_each_other_at_once(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, database: Database, blocked: Blocked
) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "owner")
    a, b = await my_id(ada), await my_id(bob)
    async with database.transaction() as session:
        await session.execute(select(Project.id).where(Project.id == project).with_for_update())
        leaving = [
            asyncio.create_task(client.delete(f"/projects/{project}/members/{whom}"))
            for client, whom in ((ada, a), (bob, b))
        ]
        await blocked(2)
    done, refused = sorted(await asyncio.gather(*leaving), key=lambda answer: answer.status_code)
    assert done.status_code == 204
    assert outcome(refused) == (409, "LAST_OWNER")


async def test_anybody_may_leave_and_nobody_may_remove_others_without_managing(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, sign_up: SignUp
) -> None:
    project = (await found(ada))["id"]
    carol = await sign_up()
    await take_in(ada, project, bob, "viewer")
    await take_in(ada, project, carol, "viewer")
    others = await bob.delete(f"/projects/{project}/members/{await my_id(carol)}")
    assert outcome(others) == (403, "ROLE_TOO_SMALL")
    assert (await bob.delete(f"/projects/{project}/members/{await my_id(bob)}")).status_code == 204
    assert outcome(await bob.get(f"/projects/{project}")) == (404, "PROJECT_NOT_FOUND")


async def test_who_leaves_takes_the_keys_along_for_good(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, connect: Callable[..., Awaitable[httpx.AsyncClient]]
) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "owner")
    program = await connect({"X-API-Key": (await make_key(bob, project, "read"))["key"]})
    assert (await program.get("/meetings")).status_code == 200
    await bob.delete(f"/projects/{project}/members/{await my_id(bob)}")
    assert outcome(await program.get("/meetings")) == (401, "API_KEY_INVALID")
    await take_in(ada, project, bob, "owner")
    assert outcome(await program.get("/meetings")) == (401, "API_KEY_INVALID")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"email": "nobody@example.org", "role": "viewer"}, (404, "USER_NOT_FOUND")),
        ({"email": "nobody@example.org", "role": "god"}, (422, "VALIDATION_ERROR")),
        ({"email": "nobody@example.org", "role": "viewer", "user_id": "x"}, (422, "VALIDATION_ERROR")),
    ],
)
async def test_who_cannot_be_taken_in_is_told_why(
    ada: httpx.AsyncClient, body: dict[str, str], expected: tuple[int, str]
) -> None:
    project = (await found(ada))["id"]
    assert outcome(await ada.post(f"/projects/{project}/members", json=body)) == expected


async def test_a_member_is_taken_in_once(ada: httpx.AsyncClient, bob: httpx.AsyncClient) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "viewer")
    body = {"email": await my_address(bob), "role": "owner"}
    assert outcome(await ada.post(f"/projects/{project}/members", json=body)) == (409, "ALREADY_MEMBER")


async def test_addresses_are_no_business_of_a_program(
    ada: httpx.AsyncClient, connect: Callable[..., Awaitable[httpx.AsyncClient]]
) -> None:
    project = (await found(ada))["id"]
    program = await connect({"X-API-Key": (await make_key(ada, project, "read"))["key"]})
    assert outcome(await program.get(f"/projects/{project}/members")) == (403, "PERSON_REQUIRED")


async def test_who_is_no_member_can_be_neither_promoted_nor_removed(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    project = (await found(ada))["id"]
    stranger = f"/projects/{project}/members/{await my_id(bob)}"
    assert outcome(await ada.patch(stranger, json={"role": "owner"})) == (404, "MEMBER_NOT_FOUND")
    assert outcome(await ada.delete(stranger)) == (404, "MEMBER_NOT_FOUND")
    assert outcome(await bob.delete(stranger)) == (404, "PROJECT_NOT_FOUND")


@pytest.mark.parametrize("stolen", ["user_id", "project_id", "instance_role"])
async def test_a_change_of_role_changes_nothing_else(ada: httpx.AsyncClient, stolen: str) -> None:
    project = (await found(ada))["id"]
    me = f"/projects/{project}/members/{await my_id(ada)}"
    response = await ada.patch(me, json={"role": "owner", stolen: "admin"})
    assert outcome(response) == (422, "VALIDATION_ERROR")
