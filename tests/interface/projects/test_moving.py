"""A meeting goes from one project to another, with what it counts for."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from circles import found, make_key, outcome, take_in
from scribe.db import Database
from scribe.db.models import AuditRecord
from scribe.queue import EventFeed
from scribe.settings import Settings

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]


async def move(client: httpx.AsyncClient, meeting: str, project: str) -> httpx.Response:
    return await client.post(f"/meetings/{meeting}/move", json={"project_id": project})


async def test_a_moved_meeting_is_seen_where_it_is_and_not_where_it_was(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, hand_in: HandIn, database: Database
) -> None:
    source, target = (await found(ada, "Source"))["id"], (await found(ada, "Target"))["id"]
    await take_in(ada, source, bob, "viewer")
    meeting = (await hand_in(ada, project_id=source))["id"]
    moved = await move(ada, meeting, target)
    assert (moved.status_code, moved.json()["project_id"]) == (200, target)
    assert outcome(await bob.get(f"/meetings/{meeting}")) == (404, "MEETING_NOT_FOUND")
    async with database.transaction() as session:
        noted = select(AuditRecord.project_id).where(AuditRecord.action == "meeting_moved")
        assert {str(project) for project in await session.scalars(noted)} == {source, target}


async def test_those_who_watch_either_project_are_told(
    ada: httpx.AsyncClient, hand_in: HandIn, settings: Settings
) -> None:
    source, target = (await found(ada, "Source"))["id"], (await found(ada, "Target"))["id"]
    meeting = (await hand_in(ada, project_id=source))["id"]
    feed = EventFeed(settings.redis)
    before = await feed.newest()
    await move(ada, meeting, target)
    told = []
    async for stored in feed.follow(before):
        told.append((stored.event.type, getattr(stored.event, "project_id", None)))
        if len(told) == 2:
            break
    await feed.close()
    assert told == [("meeting_deleted", uuid.UUID(source)), ("meeting", uuid.UUID(target))]


async def test_the_use_moves_along_and_the_targets_limits_hold(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient, hand_in: HandIn
) -> None:
    source, target = (await found(ada, "Source"))["id"], (await found(ada, "Target"))["id"]
    first = await hand_in(ada, project_id=source)
    second = await hand_in(ada, project_id=source)
    await admin.put(f"/projects/{target}/limits", json={"max_bytes": first["size"]})
    assert (await move(ada, first["id"], target)).status_code == 200
    assert outcome(await move(ada, second["id"], target)) == (413, "QUOTA_BYTES_EXCEEDED")
    used = (await ada.get(f"/projects/{target}/usage")).json()
    assert (used["bytes"]["used"], used["months"][0]["recordings"]) == (first["size"], 1)
    left = (await ada.get(f"/projects/{source}/usage")).json()
    assert (left["bytes"]["used"], left["months"][0]["recordings"]) == (second["size"], 1)


async def test_moving_takes_deleting_here_and_uploading_there(
    ada: httpx.AsyncClient,
    bob: httpx.AsyncClient,
    hand_in: HandIn,
    connect: Callable[..., Awaitable[httpx.AsyncClient]],
) -> None:
    source, target = (await found(ada, "Source"))["id"], (await found(ada, "Target"))["id"]
    meeting = (await hand_in(ada, project_id=source))["id"]
    his = (await found(bob))["id"]
    await take_in(ada, source, bob, "viewer")
    assert outcome(await move(bob, meeting, his)) == (403, "ROLE_TOO_SMALL")
    assert outcome(await move(ada, meeting, his)) == (404, "PROJECT_NOT_FOUND")
    await take_in(bob, his, ada, "viewer")
    assert outcome(await move(ada, meeting, his)) == (403, "ROLE_TOO_SMALL")
    program = await connect({"X-API-Key": (await make_key(ada, source, "delete", "upload"))["key"]})
    assert outcome(await move(program, meeting, target)) == (404, "PROJECT_NOT_FOUND")
    assert (await move(ada, meeting, source)).json()["project_id"] == source


@pytest.mark.parametrize("stolen", ["project_id", "created_by", "id", "status", "owner"])
async def test_no_patch_moves_or_gives_away_a_meeting(
    ada: httpx.AsyncClient, hand_in: HandIn, stolen: str
) -> None:
    meeting = await hand_in(ada)
    patch = {stolen: str(uuid.uuid4())}
    assert outcome(await ada.patch(f"/meetings/{meeting['id']}", json=patch)) == (422, "VALIDATION_ERROR")


@pytest.mark.parametrize("stolen", ["created_by", "id", "status", "retention_days", "sha256"])
async def test_no_upload_says_whose_it_is(ada: httpx.AsyncClient, wav: bytes, stolen: str) -> None:
    form = {stolen: str(uuid.uuid4())}
    response = await ada.post("/meetings", data=form, files={"file": ("a.wav", wav)})
    assert outcome(response) == (422, "VALIDATION_ERROR")
