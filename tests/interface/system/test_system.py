"""The state of the instance, as those see it who look after it."""

import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text, update

from scribe import jobs
from scribe.db import Database
from scribe.db.models import Job, JobStatus, UserRole
from scribe.queue import EventFeed
from scribe.queue.presence import Presence
from scribe.settings import RedisSettings, Settings
from scribe_api.system.service import FAILED, LATELY

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]
SignUp = Callable[..., Awaitable[httpx.AsyncClient]]
WORKER = "here:42:c0ffee"


@pytest.fixture
async def presence(settings: Settings) -> AsyncIterator[Presence]:
    presence = Presence(settings.redis)
    yield presence
    await presence.close()


async def system(client: httpx.AsyncClient) -> dict[str, Any]:
    response = await client.get("/system")
    assert response.status_code == 200, response.text
    told: dict[str, Any] = response.json()
    return told


async def begin(database: Database, settings: Settings) -> None:
    """Have the worker take the one job that waits."""
    async with database.transaction() as session:
        job = (await session.scalars(select(Job))).one()
        lease = await jobs.claim(session, job.id, worker=WORKER, settings=settings.jobs)
        assert lease is not None
        await jobs.advance(session, lease, "transcribe", 0.5)


async def test_an_instance_at_rest(admin: httpx.AsyncClient, settings: Settings) -> None:
    settings.stack.volumes.mkdir(exist_ok=True)
    told = await system(admin)
    assert told["version"]
    assert told["dependencies"] == {
        name: {"up": True, "problem": None} for name in ("postgres", "redis", "s3")
    }
    assert told["workers"] == []
    assert told["jobs"] == {
        "by_status": {"QUEUED": 0, "RUNNING": 0},
        "oldest_queued_at": None,
        "failed_last_day": 0,
    }
    assert told["storage"]["bytes_of_recordings"] == 0
    assert 0 < told["storage"]["disk"]["free"] <= told["storage"]["disk"]["total"]


async def test_what_waits_and_what_lies_there(
    admin: httpx.AsyncClient, ada: httpx.AsyncClient, hand_in: HandIn, wav: bytes
) -> None:
    meeting = await hand_in(ada)
    told = await system(admin)
    assert told["jobs"]["by_status"] == {"QUEUED": 1, "RUNNING": 0}
    assert told["jobs"]["oldest_queued_at"] >= meeting["created_at"]
    assert (told["storage"]["recordings"], told["storage"]["bytes_of_recordings"]) == (1, len(wav))


async def test_workers_and_what_they_do(
    admin: httpx.AsyncClient,
    hand_in: HandIn,
    presence: Presence,
    database: Database,
    settings: Settings,
) -> None:
    await presence.renew("gpu", WORKER)
    await presence.renew("scheduler", "here:7")
    meeting = await hand_in(admin)
    await begin(database, settings)
    told = await system(admin)
    busy, idle = told["workers"]
    (job,) = busy.pop("jobs")
    assert busy == {"role": "gpu", "name": WORKER, "host": "here", "pid": 42}
    assert (job["meeting_id"], job["stage"], job["progress"]) == (meeting["id"], "transcribe", 0.5)
    assert idle == {"role": "scheduler", "name": "here:7", "host": "here", "pid": 7, "jobs": []}
    assert told["jobs"]["by_status"] == {"QUEUED": 0, "RUNNING": 1}


async def test_an_operator_does_not_learn_whose_meeting_it_is(
    ada: httpx.AsyncClient,
    bob: httpx.AsyncClient,
    hand_in: HandIn,
    presence: Presence,
    database: Database,
    settings: Settings,
) -> None:
    await presence.renew("gpu", WORKER)
    await hand_in(ada)
    await begin(database, settings)
    (worker,) = (await system(bob))["workers"]
    assert worker["jobs"][0]["stage"] == "transcribe"
    assert worker["jobs"][0]["meeting_id"] is None


async def test_who_may_only_read_is_refused(sign_up: SignUp) -> None:
    response = await (await sign_up(UserRole.VIEWER)).get("/system")
    assert (response.status_code, response.json()["error"]["code"]) == (403, "OPERATORS_ONLY")


async def test_failures_are_counted_for_a_day(
    admin: httpx.AsyncClient, hand_in: HandIn, database: Database
) -> None:
    await hand_in(admin)
    ages = []
    for age in (LATELY * 0.9, LATELY * 1.1):
        async with database.transaction() as session:
            now = await session.scalar(text("SELECT now()"))
            await session.execute(update(Job).values(status=JobStatus.FAILED, finished_at=now - age))
        ages.append((await system(admin))["jobs"]["failed_last_day"])
    assert ages == [1, 0]


async def test_recent_failures_are_counted_in_their_index(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        query = select(Job.id).where(FAILED, Job.finished_at > text("now()"))
        plan = await session.scalars(text("EXPLAIN " + str(query)))
        assert "ix_jobs_failed" in "\n".join(plan)


async def test_an_upload_under_way_is_counted(admin: httpx.AsyncClient) -> None:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "100", "Upload-Metadata": "filename dGFsay53YXY="}
    assert (await admin.post("/uploads", headers=headers)).status_code == 201
    assert (await system(admin))["uploads_in_progress"] == 1


async def test_without_redis_the_rest_is_told(app: FastAPI, admin: httpx.AsyncClient) -> None:
    nobody = RedisSettings(url="redis://127.0.0.1:1/0")
    feed, presence = EventFeed(nobody), Presence(nobody)
    app.state.gateway = dataclasses.replace(app.state.gateway, events=feed, presence=presence)
    told = await system(admin)
    await feed.close()
    await presence.close()
    assert not told["dependencies"]["redis"]["up"]
    assert told["workers"] == []
    assert told["jobs"]["by_status"] == {"QUEUED": 0, "RUNNING": 0}


async def test_a_gateway_without_the_data_folder_knows_no_disk(
    admin: httpx.AsyncClient, settings: Settings, tmp_path: Path
) -> None:
    settings.stack.volumes = tmp_path / "elsewhere"
    assert (await system(admin))["storage"]["disk"] is None
