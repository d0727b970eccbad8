"""Meetings that exist: seen by their owner, listed page by page, edited, retried, cancelled, deleted."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import delete, func, select, update

from circles import found, outcome
from scribe import jobs
from scribe.db import Database
from scribe.db.models import Job, JobStatus, Meeting, MeetingStatus
from scribe.settings import Settings
from scribe.storage import ObjectStore

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]
Blocked = Callable[[int], Awaitable[None]]


async def set_status(database: Database, meeting_id: str, status: MeetingStatus) -> None:
    async with database.transaction() as session:
        await session.execute(update(Meeting).where(Meeting.id == meeting_id).values(status=status))
        ended = {"status": JobStatus.FAILED, "lease_owner": None, "lease_until": None}
        await session.execute(update(Job).where(Job.meeting_id == meeting_id).values(ended))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("POST", "/retry"),
        ("POST", "/cancel"),
        ("GET", "/transcript"),
        ("GET", "/audio"),
        ("HEAD", "/audio"),
        ("GET", "/peaks"),
    ],
)
async def test_somebody_elses_meeting_does_not_exist(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, hand_in: HandIn, method: str, path: str
) -> None:
    meeting = await hand_in(ada)
    body = {"title": "mine"} if method == "PATCH" else None
    response = await bob.request(method, f"/meetings/{meeting['id']}{path}", json=body)
    assert response.status_code == 404
    assert method == "HEAD" or response.json()["error"]["code"] == "MEETING_NOT_FOUND"
    assert (await ada.get(f"/meetings/{meeting['id']}")).json()["status"] == "PENDING"


async def test_administrators_see_every_meeting_and_others_their_own(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, admin: httpx.AsyncClient, hand_in: HandIn
) -> None:
    hers, his = await hand_in(ada), await hand_in(bob)
    listed = {
        name: {item["id"] for item in (await client.get("/meetings")).json()["items"]}
        for name, client in (("ada", ada), ("bob", bob), ("admin", admin))
    }
    assert listed == {"ada": {hers["id"]}, "bob": {his["id"]}, "admin": {hers["id"], his["id"]}}


async def test_pages_show_every_meeting_once_even_when_more_come_in(
    ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    made = [(await hand_in(ada, name=f"{number}.wav"))["id"] for number in range(5)]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        query: dict[str, Any] = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = (await ada.get("/meetings", params=query)).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
        await hand_in(ada, name="later.wav")
    assert seen == made[::-1]


async def test_the_list_filters_by_status(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database
) -> None:
    failed, _ = await hand_in(ada), await hand_in(ada)
    await set_status(database, failed["id"], MeetingStatus.FAILED)
    found = (await ada.get("/meetings", params={"status": ["FAILED", "CANCELLED"]})).json()["items"]
    assert [item["id"] for item in found] == [failed["id"]]


@pytest.mark.parametrize("cursor", ["x", "%00", "AAAA", "MjAyNi0wMS0wMVQwMDowMDowMA==", "é"])
async def test_a_made_up_cursor_is_refused(ada: httpx.AsyncClient, cursor: str) -> None:
    response = await ada.get("/meetings", params={"cursor": cursor})
    assert (response.status_code, response.json()["error"]["code"]) == (400, "CURSOR_INVALID")


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 1000}, {"status": "DONE"}])
async def test_a_wrong_query_is_refused(ada: httpx.AsyncClient, query: dict[str, Any]) -> None:
    assert (await ada.get("/meetings", params=query)).status_code == 422


async def test_an_id_that_is_none_is_refused(ada: httpx.AsyncClient) -> None:
    assert (await ada.get("/meetings/not-an-id")).json()["error"]["code"] == "VALIDATION_ERROR"


async def test_a_title_is_changed_and_nothing_else(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(ada, speakers="2")
    response = await ada.patch(f"/meetings/{meeting['id']}", json={"title": "New\0 title\n"})
    assert (response.json()["title"], response.json()["speakers"]) == ("New title", 2)
    response = await ada.patch(f"/meetings/{meeting['id']}", json={"speakers": None})
    assert (response.json()["title"], response.json()["speakers"]) == ("New title", None)


@pytest.mark.parametrize(
    "change",
    [{}, {"title": ""}, {"title": None}, {"title": "\0"}, {"status": "COMPLETED"}, {"title": "x" * 301}],
)
async def test_a_change_that_cannot_be_is_refused(
    ada: httpx.AsyncClient, hand_in: HandIn, change: dict[str, Any]
) -> None:
    meeting = await hand_in(ada)
    assert (await ada.patch(f"/meetings/{meeting['id']}", json=change)).status_code == 422


async def test_a_waiting_meeting_is_cancelled_and_retried(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(ada)
    cancelled = await ada.post(f"/meetings/{meeting['id']}/cancel")
    assert (cancelled.status_code, cancelled.json()["status"]) == (200, "CANCELLED")
    again = await ada.post(f"/meetings/{meeting['id']}/cancel")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "NOTHING_TO_CANCEL")
    retried = await ada.post(f"/meetings/{meeting['id']}/retry")
    assert (retried.status_code, retried.json()["status"]) == (202, "PENDING")


async def test_a_meeting_that_waits_is_not_retried(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(ada)
    response = await ada.post(f"/meetings/{meeting['id']}/retry")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "MEETING_NOT_RETRYABLE")


@pytest.mark.parametrize(
    ("codes", "status", "code"),
    [
        (["DIARISATION_FAILED"], 202, None),
        (["UNSURE", "BLOCK_FAILED"], 202, None),
        (["UNSURE"], 409, "MEETING_NOT_RETRYABLE"),
        ([], 409, "MEETING_NOT_RETRYABLE"),
    ],
)
async def test_a_completed_meeting_is_retried_only_where_a_part_is_missing(
    ada: httpx.AsyncClient,
    hand_in: HandIn,
    database: Database,
    codes: list[str],
    status: int,
    code: str | None,
) -> None:
    meeting = await hand_in(ada)
    await set_status(database, meeting["id"], MeetingStatus.COMPLETED)
    async with database.transaction() as session:
        warnings = [{"code": code, "message": "It is told."} for code in codes]
        await session.execute(update(Meeting).values(warnings=warnings))
    response = await ada.post(f"/meetings/{meeting['id']}/retry")
    assert (response.status_code, response.json().get("error", {}).get("code")) == (status, code)


async def test_two_retries_at_once_queue_one_job(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database
) -> None:
    meeting = await hand_in(ada)
    await set_status(database, meeting["id"], MeetingStatus.FAILED)
    answers = await asyncio.gather(*(ada.post(f"/meetings/{meeting['id']}/retry") for _ in range(3)))
    assert sorted(answer.status_code for answer in answers) == [202, 409, 409]
    async with database.transaction() as session:
        open_jobs = select(func.count()).select_from(Job).where(Job.status == JobStatus.QUEUED)
        assert await session.scalar(open_jobs) == 1


async def test_deleting_a_meeting_leaves_neither_rows_nor_objects(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database, store: ObjectStore
) -> None:
    meeting, other = await hand_in(ada), await hand_in(ada)
    assert (await ada.delete(f"/meetings/{meeting['id']}")).status_code == 204
    assert (await ada.get(f"/meetings/{meeting['id']}")).status_code == 404
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Job)) == 1
    assert [other["id"] in head.key async for head in store.list("")] == [True]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [("PATCH", "", {"title": "late"}), ("POST", "/retry", None), ("DELETE", "", None)],
)
async def test_what_is_done_to_a_meeting_while_it_is_deleted_finds_nothing(
    ada: httpx.AsyncClient,
    hand_in: HandIn,
    database: Database,
    blocked: Blocked,
    method: str,
    path: str,
    body: dict[str, str] | None,
) -> None:
    meeting = await hand_in(ada)
    await set_status(database, meeting["id"], MeetingStatus.FAILED)
    async with database.transaction() as session:
        await session.execute(delete(Meeting))
        late = asyncio.create_task(ada.request(method, f"/meetings/{meeting['id']}{path}", json=body))
        await blocked(1)
    response = await late
    assert (response.status_code, response.json()["error"]["code"]) == (404, "MEETING_NOT_FOUND")


async def test_a_meeting_that_is_moved_while_it_is_deleted_stays(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database, blocked: Blocked
) -> None:
    """The right to delete was looked up in the project where it was; ``ada`` may have none in the other."""
    meeting, other = await hand_in(ada), await found(ada)
    await set_status(database, meeting["id"], MeetingStatus.FAILED)
    async with database.transaction() as session:
        moved = update(Meeting).where(Meeting.id == meeting["id"])
        await session.execute(moved.values(project_id=other["id"]))
        late = asyncio.create_task(ada.delete(f"/meetings/{meeting['id']}"))
        await blocked(1)
    assert outcome(await late) == (404, "MEETING_NOT_FOUND")
    assert (await ada.get(f"/meetings/{meeting['id']}")).json()["project_id"] == other["id"]


async def test_deleting_a_meeting_takes_its_job_away_from_the_worker(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database, settings: Settings
) -> None:
    meeting = await hand_in(ada)
    async with database.transaction() as session:
        job_id = await session.scalar(select(Job.id))
        assert job_id is not None
        lease = await jobs.claim(session, job_id, worker="w", settings=settings.jobs)
    assert lease is not None
    assert (await ada.get(f"/meetings/{meeting['id']}")).json()["status"] == "PROCESSING"
    assert (await ada.delete(f"/meetings/{meeting['id']}")).status_code == 204
    async with database.transaction() as session:
        with pytest.raises(jobs.JobLost):
            await jobs.finish(session, lease)


async def test_the_stage_of_the_running_job_shows(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database, settings: Settings
) -> None:
    meeting = await hand_in(ada)
    async with database.transaction() as session:
        job_id = await session.scalar(select(Job.id))
        assert job_id is not None
        lease = await jobs.claim(session, job_id, worker="w", settings=settings.jobs)
        assert lease is not None
        await jobs.advance(session, lease, "diarise", 0.25)
    for shown in (
        (await ada.get(f"/meetings/{meeting['id']}")).json(),
        (await ada.get("/meetings")).json()["items"][0],
    ):
        assert (shown["stage"], shown["progress"], shown["attempts"]) == ("diarise", 0.25, 1)
