"""Reading a transcript: the document itself, or rendered."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from scribe.db import Database
from scribe.db.models import Job, JobStatus, Meeting, MeetingStatus
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import (
    Engines,
    EngineUsed,
    Segment,
    Speaker,
    Transcript,
    Word,
    dumps,
    loads,
)

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]


def spoken(meeting_id: str) -> Transcript:
    engine = EngineUsed(name="dummy", model="none", device="cpu", compute_type="none")
    words = (
        Word(start=0.0, end=0.4, text="Good", confidence=0.9, speaker="s1"),
        Word(start=0.5, end=1.0, text="morning.", confidence=0.9, speaker="s1"),
    )
    return Transcript(
        meeting_id=uuid.UUID(meeting_id),
        revision=1,
        language="en",
        duration=1.0,
        engines=Engines(transcriber=engine, diariser=engine),
        speakers=(Speaker(id="s1", label="Speaker 1", name="Ada <Lovelace>"),),
        segments=(Segment(id=1, start=0.0, end=1.0, speaker="s1", text="Good morning.", words=words),),
    )


@pytest.fixture
async def path(ada: httpx.AsyncClient, hand_in: HandIn, store: ObjectStore, database: Database) -> str:
    meeting = await hand_in(ada, title='Stand-up: "Monday" / é')
    key = keys.transcript(uuid.UUID(meeting["id"]), 1)
    await store.put_bytes(key, dumps(spoken(meeting["id"])), content_type="application/json")
    async with database.transaction() as session:
        await session.execute(update(Meeting).values(revision=1))
    return f"/meetings/{meeting['id']}/transcript"


async def test_without_a_format_the_document_is_sent_as_it_is_stored(
    ada: httpx.AsyncClient, path: str
) -> None:
    response = await ada.get(path)
    assert response.headers["Content-Type"] == "application/json"
    assert loads(response.content) == spoken(path.split("/")[2])


@pytest.mark.parametrize(
    ("form", "media_type", "beginning"),
    [
        ("txt", "text/plain; charset=utf-8", ""),
        ("md", "text/markdown; charset=utf-8", ""),
        ("json", "application/json", "{"),
        ("srt", "application/x-subrip; charset=utf-8", "1\n00:00:00,000 --> "),
        ("vtt", "text/vtt; charset=utf-8", "WEBVTT"),
    ],
)
async def test_every_format_is_rendered(
    ada: httpx.AsyncClient, path: str, form: str, media_type: str, beginning: str
) -> None:
    response = await ada.get(path, params={"format": form})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == media_type
    assert response.text.startswith(beginning)
    assert "morning" in response.text


async def test_options_change_what_is_rendered(ada: httpx.AsyncClient, path: str) -> None:
    shown = await ada.get(path, params={"format": "srt"})
    hidden = await ada.get(path, params={"format": "srt", "speakers": False})
    assert "Ada" in shown.text
    assert "Ada" not in hidden.text


@pytest.mark.parametrize(
    "query", [{"format": "exe"}, {"format": "srt", "line_length": 1}, {"format": "srt", "colour": "red"}]
)
async def test_an_option_that_cannot_be_is_refused(
    ada: httpx.AsyncClient, path: str, query: dict[str, Any]
) -> None:
    response = await ada.get(path, params=query)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "VALIDATION_ERROR")


async def test_a_download_carries_the_title_as_its_name(ada: httpx.AsyncClient, path: str) -> None:
    response = await ada.get(path, params={"format": "txt", "download": True})
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert "filename*=UTF-8''Stand-up%3A%20%22Monday%22%20-%20%C3%A9.txt" in disposition


async def test_a_client_that_has_it_already_gets_304(ada: httpx.AsyncClient, path: str) -> None:
    etag = (await ada.get(path)).headers["ETag"]
    assert (await ada.get(path, headers={"If-None-Match": etag})).status_code == 304


async def test_the_transcript_stays_while_the_missing_part_is_tried_again(
    ada: httpx.AsyncClient, path: str, database: Database
) -> None:
    before = await ada.get(path)
    lacking = [{"code": "DIARISATION_FAILED", "message": "Nobody is told apart."}]
    async with database.transaction() as session:
        await session.execute(update(Meeting).values(status=MeetingStatus.COMPLETED, warnings=lacking))
        await session.execute(update(Job).values(status=JobStatus.DONE))
    retried = await ada.post(path.replace("/transcript", "/retry"))
    assert (retried.status_code, retried.json()["status"], retried.json()["revision"]) == (202, "PENDING", 1)
    assert (await ada.get(path)).content == before.content


async def test_a_meeting_without_a_transcript_says_how_it_stands(
    ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    meeting = await hand_in(ada)
    response = await ada.get(f"/meetings/{meeting['id']}/transcript")
    assert (response.status_code, response.json()["error"]["code"]) == (409, "TRANSCRIPT_NOT_READY")
    assert "PENDING" in response.json()["error"]["message"]


async def test_the_schema_of_the_document_is_published(ada: httpx.AsyncClient) -> None:
    schema = (await ada.get("/meetings/transcript-schema")).json()
    assert "segments" in schema["properties"]
