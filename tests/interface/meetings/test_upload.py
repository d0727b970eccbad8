"""Handing in a recording."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from redis.asyncio import Redis
from sqlalchemy import func, select

from scribe.db import Database
from scribe.db.models import Job, JobStatus, Meeting
from scribe.storage import ObjectStore, keys

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]


async def test_an_upload_becomes_a_meeting_with_its_facts_and_a_queued_job(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database, store: ObjectStore, wav: bytes, redis: Redis
) -> None:
    meeting = await hand_in(ada)
    assert meeting["status"] == "PENDING"
    assert meeting["title"] == "stand-up"
    assert meeting["duration"] == pytest.approx(1.0, abs=0.1)
    assert (meeting["sample_rate"], meeting["channels"], meeting["size"]) == (8000, 1, len(wav))
    async with database.transaction() as session:
        row = await session.scalar(select(Meeting))
        job = await session.scalar(select(Job))
    assert row is not None
    assert job is not None
    assert job.status == JobStatus.QUEUED
    assert await store.get_bytes(row.source_key) == wav
    assert await redis.llen("scribe:queue:gpu") == 1


async def test_the_job_carries_the_correlation_id_of_the_request(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database
) -> None:
    ada.headers["X-Request-ID"] = "from-browser-to-worker"
    await hand_in(ada)
    async with database.transaction() as session:
        assert await session.scalar(select(Job.correlation_id)) == "from-browser-to-worker"


async def test_the_fields_may_come_after_the_file(ada: httpx.AsyncClient, wav: bytes) -> None:
    parts: list[tuple[str, Any]] = [
        ("file", ("a.wav", wav, "audio/wav")),
        ("title", (None, "After")),
        ("speakers", (None, "4")),
    ]
    response = await ada.post("/meetings", files=parts)
    assert response.status_code == 201, response.text
    assert (response.json()["title"], response.json()["speakers"]) == ("After", 4)


async def test_every_option_reaches_the_worker(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(
        ada,
        title=" Weekly\tplanning ",
        language="en-GB",
        speakers="3",
        transcriber="dummy",
        diariser="none",
        options=json.dumps({"dummy": {"slow": True}}),
    )
    assert meeting["title"] == "Weekly planning"
    assert (meeting["language"], meeting["speakers"]) == ("en-GB", 3)
    assert meeting["options"] == {"transcriber": "dummy", "diariser": "none", "dummy": {"slow": True}}


async def test_empty_fields_count_as_absent(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(ada, title="", language="", speakers="", transcriber="", diariser="", options="")
    assert (meeting["title"], meeting["speakers"], meeting["options"]) == ("stand-up", None, {})


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd.wav", "passwd"),
        ('a "quoted" name.wav', 'a "quoted" name'),
        ("réunion 🦜 привет.wav", "réunion 🦜 привет"),
        ("evil\r\nSet-Cookie: x=1.wav", None),
        ("..", None),
        (".wav", None),
        ("n" * 3000 + ".wav", None),
        ("trailing slash/", None),
    ],
)
async def test_no_file_name_does_harm(
    ada: httpx.AsyncClient, hand_in: HandIn, store: ObjectStore, name: str, title: str | None
) -> None:
    meeting = await hand_in(ada, name=name)
    assert meeting["title"]
    if title is not None:
        assert meeting["title"] == title
    prefix = keys.meeting(meeting["id"])
    stored = [head.key async for head in store.list(prefix)]
    assert len(stored) == 1
    assert re.fullmatch(r"meetings/[0-9a-f-]{36}/source/[^/]+", stored[0])
    download = await ada.get(f"/meetings/{meeting['id']}/audio", params={"rendition": "source"})
    assert download.status_code == 200
    assert "set-cookie" not in download.headers


async def test_two_identical_uploads_at_once_are_two_meetings(
    ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    first, second = await asyncio.gather(hand_in(ada), hand_in(ada))
    assert first["id"] != second["id"]
    assert len((await ada.get("/meetings")).json()["items"]) == 2


async def test_ten_uploads_at_once_are_ten_meetings(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database
) -> None:
    await asyncio.gather(*(hand_in(ada, name=f"{number}.wav") for number in range(10)))
    async with database.transaction() as session:
        assert await session.scalar(select(func.count()).select_from(Job)) == 10


async def test_no_connection_to_the_database_is_held_while_the_bytes_come_in(
    app: FastAPI, ada: httpx.AsyncClient, wav: bytes
) -> None:
    request = ada.build_request("POST", "/meetings", files={"file": ("a.wav", wav * 3)})
    body = request.read()
    held: list[int] = []

    async def in_pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 4096):
            held.append(app.state.gateway.database.engine.pool.checkedout())
            yield body[start : start + 4096]

    headers = {"Content-Type": request.headers["Content-Type"]}
    response = await ada.post("/meetings", content=in_pieces(), headers=headers)
    assert response.status_code == 201, response.text
    assert set(held) == {0}
