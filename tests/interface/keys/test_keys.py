"""API keys of a project: shown once, bounded by scope, time, their maker and revocation."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from circles import found, make_key, my_id, outcome, take_in
from scribe.db import Database
from scribe.db.models import ApiKey, AuditRecord

pytestmark = pytest.mark.integration

Connect = Callable[..., Awaitable[httpx.AsyncClient]]
HandIn = Callable[..., Awaitable[dict[str, Any]]]


async def test_a_key_is_shown_once_and_kept_as_a_hash(ada: httpx.AsyncClient, database: Database) -> None:
    project = (await found(ada))["id"]
    made = await make_key(ada, project, "read", "upload")
    assert made["key"].startswith("sms_")
    assert made["key"].startswith(made["prefix"])
    listed = await ada.get(f"/projects/{project}/keys")
    assert made["key"] not in listed.text
    assert listed.json()["items"] == [{name: made[name] for name in made if name != "key"}]
    async with database.transaction() as session:
        stored = (await session.scalars(select(ApiKey))).one()
        noted = (await session.scalars(select(AuditRecord).where(AuditRecord.action == "key_created"))).one()
    assert made["key"] not in repr(vars(stored)) + repr(vars(noted))


async def test_a_key_works_in_its_project_and_in_no_other(
    ada: httpx.AsyncClient, connect: Connect, hand_in: HandIn
) -> None:
    project = (await found(ada))["id"]
    elsewhere = await hand_in(ada)
    program = await connect({"X-API-Key": (await make_key(ada, project, "read", "upload", "delete"))["key"]})
    handed_in = await hand_in(program)
    assert handed_in["project_id"] == project
    assert [item["id"] for item in (await program.get("/meetings")).json()["items"]] == [handed_in["id"]]
    assert outcome(await program.get(f"/meetings/{elsewhere['id']}")) == (404, "MEETING_NOT_FOUND")
    assert outcome(await program.get(f"/projects/{elsewhere['project_id']}")) == (404, "PROJECT_NOT_FOUND")
    assert (await program.delete(f"/meetings/{handed_in['id']}")).status_code == 204


async def test_a_key_is_taken_as_a_bearer_token_too(ada: httpx.AsyncClient, connect: Connect) -> None:
    project = (await found(ada))["id"]
    key = (await make_key(ada, project, "read"))["key"]
    program = await connect({"Authorization": f"Bearer {key}"})
    assert (await program.get(f"/projects/{project}")).json()["permissions"] == ["read"]


async def test_a_revoked_key_ends_at_once_and_stays_listed(ada: httpx.AsyncClient, connect: Connect) -> None:
    project = (await found(ada))["id"]
    made = await make_key(ada, project, "read")
    program = await connect({"X-API-Key": made["key"]})
    assert (await program.get("/meetings")).status_code == 200
    for _ in range(2):
        assert (await ada.delete(f"/projects/{project}/keys/{made['id']}")).status_code == 204
    assert outcome(await program.get("/meetings")) == (401, "API_KEY_INVALID")
    (listed,) = (await ada.get(f"/projects/{project}/keys")).json()["items"]
    assert listed["revoked_at"] is not None
    assert listed["last_used_at"] is not None


async def test_an_expired_key_is_no_key(ada: httpx.AsyncClient, connect: Connect, database: Database) -> None:
    project = (await found(ada))["id"]
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    made = await make_key(ada, project, "read", expires_at=tomorrow)
    program = await connect({"X-API-Key": made["key"]})
    assert (await program.get("/meetings")).status_code == 200
    async with database.transaction() as session:
        await session.execute(update(ApiKey).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert outcome(await program.get("/meetings")) == (401, "API_KEY_INVALID")


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("upload", "GET", "/meetings/{meeting}"),
        ("read", "PATCH", "/meetings/{meeting}"),
        ("edit", "DELETE", "/meetings/{meeting}"),
        ("delete", "POST", "/meetings/{meeting}/retry"),
    ],
)
async def test_a_key_with_too_small_a_scope_is_told_so(
    ada: httpx.AsyncClient, connect: Connect, hand_in: HandIn, scope: str, method: str, path: str
) -> None:
    project = (await found(ada))["id"]
    meeting = await hand_in(ada, project_id=project)
    program = await connect({"X-API-Key": (await make_key(ada, project, scope))["key"]})
    response = await program.request(method, path.format(meeting=meeting["id"]), json={"title": "t"})
    assert outcome(response) == (403, "SCOPE_TOO_SMALL")


async def test_a_key_never_may_more_than_whoever_made_it_may_by_now(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, connect: Connect, hand_in: HandIn
) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "owner")
    program = await connect({"X-API-Key": (await make_key(bob, project, "read", "delete"))["key"]})
    meeting = f"/meetings/{(await hand_in(ada, project_id=project))['id']}"
    await ada.patch(f"/projects/{project}/members/{await my_id(bob)}", json={"role": "viewer"})
    assert (await program.get(meeting)).status_code == 200
    assert outcome(await program.delete(meeting)) == (403, "ROLE_TOO_SMALL")


async def test_keys_that_have_expired_or_were_revoked_make_room(
    ada: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scribe_api.keys.service.MOST_KEYS", 2)
    project = (await found(ada))["id"]
    first, second = [(await make_key(ada, project, "read"))["id"] for _ in range(2)]
    body = {"name": "one more", "scopes": ["read"]}
    assert (await ada.post(f"/projects/{project}/keys", json=body)).status_code == 409
    async with database.transaction() as session:
        ago = datetime.now(UTC) - timedelta(seconds=1)
        await session.execute(update(ApiKey).where(ApiKey.id == first).values(expires_at=ago))
    await make_key(ada, project, "read")
    await ada.delete(f"/projects/{project}/keys/{second}")
    await make_key(ada, project, "read")


@pytest.mark.parametrize("path", ["/projects", "/projects/{project}/keys", "/projects/{project}/members"])
async def test_a_key_manages_nothing(ada: httpx.AsyncClient, connect: Connect, path: str) -> None:
    project = (await found(ada))["id"]
    key = await make_key(ada, project, "read", "upload", "edit", "delete")
    program = await connect({"X-API-Key": key["key"]})
    body = {"name": "more", "scopes": ["read"], "email": "a@example.org", "role": "owner"}
    wanted = {"/projects": ("name",), "/projects/{project}/keys": ("name", "scopes")}.get(
        path, ("email", "role")
    )
    response = await program.post(path.format(project=project), json={name: body[name] for name in wanted})
    assert outcome(response) == (403, "PERSON_REQUIRED")


@pytest.mark.parametrize(
    "body",
    [
        {"name": "k", "scopes": []},
        {"name": "k", "scopes": ["manage"]},
        {"name": "", "scopes": ["read"]},
        {"name": "k", "scopes": ["read"], "expires_at": "2001-01-01T00:00:00Z"},
        {"name": "k", "scopes": ["read"], "expires_at": "2901-01-01T00:00:00"},
        {"name": "k", "scopes": ["read"], "project_id": "00000000-0000-0000-0000-000000000000"},
        {"name": "k", "scopes": ["read"], "created_by": "00000000-0000-0000-0000-000000000000"},
        {"name": "k", "scopes": ["read"], "token_hash": "0"},
    ],
)
async def test_a_key_that_cannot_be_is_refused(ada: httpx.AsyncClient, body: dict[str, Any]) -> None:
    project = (await found(ada))["id"]
    response = await ada.post(f"/projects/{project}/keys", json=body)
    assert outcome(response) == (422, "VALIDATION_ERROR")


async def test_another_projects_key_is_not_to_be_revoked(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    hers, his = (await found(ada))["id"], (await found(bob))["id"]
    key = (await make_key(ada, hers, "read"))["id"]
    assert outcome(await bob.delete(f"/projects/{his}/keys/{key}")) == (404, "KEY_NOT_FOUND")
    assert outcome(await bob.delete(f"/projects/{hers}/keys/{key}")) == (404, "PROJECT_NOT_FOUND")
