"""Projects, as those handle them who share meetings."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from circles import found, make_key, my_id, outcome, take_in
from scribe import deletions
from scribe.db import Database
from scribe.db.models import AuditRecord, Deletion, Meeting, Project, UserRole
from scribe.queue import EventFeed
from scribe.settings import Settings
from scribe.storage import ObjectStore

pytestmark = pytest.mark.integration

SignUp = Callable[..., Awaitable[httpx.AsyncClient]]
HandIn = Callable[..., Awaitable[dict[str, Any]]]


async def personal(client: httpx.AsyncClient) -> dict[str, Any]:
    project: dict[str, Any] = (await client.get("/projects")).json()["items"][0]
    assert project["personal"]
    return project


async def test_whoever_founds_a_project_owns_it(ada: httpx.AsyncClient, bob: httpx.AsyncClient) -> None:
    project = await found(ada, "Council", description="Weekly", retention_days=90)
    assert (project["role"], project["meetings"], project["personal"]) == ("owner", 0, False)
    assert set(project["permissions"]) == {"read", "upload", "edit", "delete", "manage"}
    assert (await ada.get(f"/projects/{project['id']}")).json() == project
    assert [item["name"] for item in (await ada.get("/projects")).json()["items"]] == ["Personal", "Council"]
    assert [item["name"] for item in (await bob.get("/projects")).json()["items"]] == ["Personal"]


async def test_the_list_counts_meetings_and_shows_the_role(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, hand_in: HandIn
) -> None:
    project = await found(ada)
    await take_in(ada, project["id"], bob, "viewer")
    await hand_in(ada, project_id=project["id"])
    seen = (await bob.get("/projects")).json()["items"][1]
    assert (seen["id"], seen["role"], seen["permissions"], seen["meetings"]) == (
        project["id"],
        "viewer",
        ["read"],
        1,
    )


async def test_an_administrator_sees_every_project_and_is_a_member_of_none(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient
) -> None:
    project = await found(ada)
    seen = {item["id"]: item for item in (await admin.get("/projects")).json()["items"]}
    assert (seen[project["id"]]["role"], "manage" in seen[project["id"]]["permissions"]) == (None, True)


async def test_an_account_that_only_reads_founds_no_project(sign_up: SignUp) -> None:
    reader = await sign_up(UserRole.VIEWER)
    response = await reader.post("/projects", json={"name": "Mine"})
    assert outcome(response) == (403, "OPERATORS_ONLY")


async def test_what_a_project_asks_of_the_engines_holds_for_its_uploads(
    ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    project = await found(
        ada,
        language="fr",
        transcriber="faster-whisper",
        vocabulary=["Grafana"],
        speakers=3,
        options={"faster-whisper": {"beam_size": 2}},
    )
    meeting = await hand_in(ada, project_id=project["id"], language="en", diariser="none")
    assert (meeting["language"], meeting["speakers"]) == ("en", 3)
    assert meeting["options"] == {
        "transcriber": "faster-whisper",
        "vocabulary": ["Grafana"],
        "diariser": "none",
        "faster-whisper": {"beam_size": 2},
    }


async def test_an_upload_that_contradicts_its_project_is_refused(ada: httpx.AsyncClient, wav: bytes) -> None:
    project = await found(ada, min_speakers=3)
    response = await ada.post(
        "/meetings", data={"project_id": project["id"], "speakers": "2"}, files={"file": ("a.wav", wav)}
    )
    assert outcome(response) == (422, "VALIDATION_ERROR")


async def test_a_patch_changes_what_it_names_and_null_takes_a_wish_away(ada: httpx.AsyncClient) -> None:
    project = await found(ada, language="fr", transcriber="dummy", retention_days=30)
    path = f"/projects/{project['id']}"
    pair = {"heard": "a", "meant": "b"}
    changed = (await ada.patch(path, json={"language": None, "glossary": [pair]})).json()
    assert (changed["language"], changed["options"], changed["retention_days"]) == (
        None,
        {"transcriber": "dummy"},
        30,
    )
    assert changed["glossary"] == [pair]
    changed = (await ada.patch(path, json={"name": "Board", "retention_days": None})).json()
    assert (changed["name"], changed["retention_days"], changed["options"]) == (
        "Board",
        None,
        {"transcriber": "dummy"},
    )


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"name": None},
        {"name": " "},
        {"name": "x", "personal_of": "00000000-0000-0000-0000-000000000000"},
        {"role": "owner"},
        {"permissions": ["manage"]},
        {"max_bytes": 1},
        {"id": "00000000-0000-0000-0000-000000000000"},
        {"retention_days": 0},
        {"min_speakers": 3, "max_speakers": 2},
        {"glossary": [{"heard": "a", "meant": "b", "role": "owner"}]},
    ],
)
async def test_what_a_patch_may_not_set_is_refused(ada: httpx.AsyncClient, change: dict[str, Any]) -> None:
    project = await found(ada)
    response = await ada.patch(f"/projects/{project['id']}", json=change)
    assert outcome(response) == (422, "VALIDATION_ERROR")
    assert (await ada.get(f"/projects/{project['id']}")).json() == project


async def test_an_empty_project_goes_with_its_keys(
    ada: httpx.AsyncClient, connect: Callable[..., Awaitable[httpx.AsyncClient]]
) -> None:
    project = await found(ada)
    program = await connect({"X-API-Key": (await make_key(ada, project["id"], "read"))["key"]})
    assert (await program.get(f"/projects/{project['id']}")).status_code == 200
    assert (await ada.delete(f"/projects/{project['id']}")).status_code == 204
    assert outcome(await ada.get(f"/projects/{project['id']}")) == (404, "PROJECT_NOT_FOUND")
    assert outcome(await program.get("/meetings")) == (401, "API_KEY_INVALID")


async def sweep_objects(database: Database, store: ObjectStore) -> None:
    async with database.transaction() as session:
        await session.execute(update(Deletion).values(not_before=func.now()))
    await deletions.sweep(database, store)


async def test_a_project_with_meetings_goes_only_where_that_is_said(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database, store: ObjectStore
) -> None:
    project = await found(ada)
    kept = await hand_in(ada)
    for _ in range(2):
        await hand_in(ada, project_id=project["id"])
    refused = await ada.delete(f"/projects/{project['id']}")
    assert outcome(refused) == (409, "PROJECT_HAS_MEETINGS")
    assert refused.json()["error"]["detail"]["meetings"] == 2
    assert (await ada.delete(f"/projects/{project['id']}?with_meetings=true")).status_code == 204
    async with database.transaction() as session:
        assert [str(left) for left in await session.scalars(select(Meeting.id))] == [kept["id"]]
    await sweep_objects(database, store)
    left = {head.key.split("/")[1] async for head in store.list("meetings/")}
    assert left == {kept["id"]}


async def told_after(feed: EventFeed, before: str, count: int) -> list[str]:
    told = []
    async for stored in feed.follow(before):
        told.append(stored.event.type)
        if len(told) == count:
            break
    return sorted(told)


@pytest.mark.parametrize(
    ("most", "told"), [(2, ["access", "meeting_deleted", "meeting_deleted"]), (1, ["access"])]
)
async def test_those_who_watch_are_told_of_each_meeting_unless_they_are_too_many(
    ada: httpx.AsyncClient,
    hand_in: HandIn,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    told: list[str],
) -> None:
    monkeypatch.setattr("scribe_api.meetings.service.MOST_ANNOUNCED", most)
    project = (await found(ada))["id"]
    for _ in range(2):
        await hand_in(ada, project_id=project)
    feed = EventFeed(settings.redis)
    before = await feed.newest()
    assert (await ada.delete(f"/projects/{project}?with_meetings=true")).status_code == 204
    assert await told_after(feed, before, len(told)) == told
    await feed.close()


@pytest.mark.parametrize("at_rest", [False, True])
async def test_a_meeting_that_is_moved_out_just_then_stays(
    ada: httpx.AsyncClient,
    hand_in: HandIn,
    database: Database,
    blocked: Callable[[int], Awaitable[None]],
    at_rest: bool,
) -> None:
    source, target = (await found(ada, "Source"))["id"], (await found(ada, "Target"))["id"]
    meeting = (await hand_in(ada, project_id=source))["id"]
    if at_rest:
        await ada.post(f"/meetings/{meeting}/cancel")
    async with database.transaction() as session:
        await session.execute(update(Meeting).where(Meeting.id == meeting).values(project_id=target))
        deleting = asyncio.create_task(ada.delete(f"/projects/{source}?with_meetings=true"))
        await blocked(1)
    assert (await deleting).status_code == 204
    moved = (await ada.get(f"/meetings/{meeting}")).json()
    assert (moved["project_id"], moved["status"]) == (target, "CANCELLED")
    assert (await ada.post(f"/meetings/{meeting}/retry")).is_success


async def test_a_personal_project_stays_and_stays_personal(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient
) -> None:
    mine = (await personal(ada))["id"]
    email = (await bob.get("/auth/me")).json()["email"]
    assert outcome(await ada.delete(f"/projects/{mine}?with_meetings=true")) == (409, "PROJECT_PERSONAL")
    shared = await ada.post(f"/projects/{mine}/members", json={"email": email, "role": "viewer"})
    assert outcome(shared) == (409, "PROJECT_PERSONAL")
    left = await ada.delete(f"/projects/{mine}/members/{await my_id(ada)}")
    assert outcome(left) == (409, "PROJECT_PERSONAL")


async def test_what_is_done_to_a_project_is_remembered(ada: httpx.AsyncClient, database: Database) -> None:
    project = await found(ada)
    await ada.patch(f"/projects/{project['id']}", json={"name": "Board"})
    await ada.delete(f"/projects/{project['id']}")
    async with database.transaction() as session:
        acts = await session.scalars(
            select(AuditRecord.action).where(AuditRecord.subject == project["id"]).order_by(AuditRecord.id)
        )
        assert list(acts) == ["project_created", "project_changed", "project_deleted"]
        assert await session.get(Project, project["id"]) is None
