"""A worker that obeys the test, and the official client of OpenAI, which knows only our address and a key."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from openai import AsyncOpenAI
from sqlalchemy import select

from circles import found, make_key
from scribe import jobs
from scribe.db import Database
from scribe.db.models import Job, JobStatus
from scribe.errors import ScribeError
from scribe.jobs.lease import hold
from scribe.revisions.current import Origin, make_current
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import Engines, EngineUsed, Segment, Speaker, Transcript, Word, dumps

KeyFor = Callable[..., Awaitable[str]]
ENGINE = EngineUsed(name="dummy", model="none", device="cpu", compute_type="float32")


class Broken(ScribeError):
    """What the engine says when it was ordered to fail."""

    code = "BROKEN"
    message = "The engine broke."
    permanent = True


def said(meeting_id: uuid.UUID) -> Transcript:
    """Two people: one greets, one, of whom the engine is less sure, answers in two words."""
    return Transcript(
        meeting_id=meeting_id,
        revision=1,
        language="en-GB",
        duration=1.5,
        engines=Engines(transcriber=ENGINE, diariser=ENGINE),
        speakers=(Speaker(id="S1", label="Speaker 1", name="Ada"), Speaker(id="S2", label="Speaker 2")),
        segments=(
            Segment(
                id=1,
                start=0.0,
                end=0.5,
                speaker="S1",
                text="Hello.",
                words=(Word(start=0.0, end=0.5, text="Hello.", confidence=1.0),),
            ),
            Segment(
                id=2,
                start=0.6,
                end=1.4,
                speaker="S2",
                text="Good morning!",
                words=(
                    Word(start=0.6, end=0.9, text="Good", confidence=0.5),
                    Word(start=1.0, end=1.4, text="morning!", confidence=0.0),
                ),
            ),
        ),
    )


class ScriptedWorker:
    """Takes every job as a worker does and ends it at once, as it was told."""

    def __init__(self, settings: Settings, database: Database, store: ObjectStore) -> None:
        self._settings = settings
        self._database = database
        self._store = store
        self.working = asyncio.Event()
        """Nothing is taken before this is set."""
        self.working.set()
        self.fails = False
        self.wishes: dict[str, Any] = {}
        """What was asked of the engines, by the last job."""

    async def work(self) -> None:
        while True:
            await self.working.wait()
            async with self._database.transaction() as session:
                waiting = (await session.scalars(select(Job.id).where(Job.status == JobStatus.QUEUED))).all()
            for job_id in waiting:
                await self._do(job_id)
            await asyncio.sleep(0.02)

    async def _do(self, job_id: uuid.UUID) -> None:
        async with self._database.transaction() as session:
            lease = await jobs.claim(session, job_id, worker="scripted", settings=self._settings.jobs)
        if lease is None:
            return
        async with self._database.transaction() as session:
            job = await hold(session, lease)
            self.wishes = {"language": job.meeting.language, **job.meeting.options}
            if self.fails:
                await jobs.fail(session, lease, Broken(), self._settings.jobs)
                return
            transcript = said(job.meeting_id)
            key = keys.transcript(job.meeting_id, 1)
            await self._store.put_bytes(key, dumps(transcript), content_type="application/json")
            await make_current(session, job.meeting, transcript, Origin())
            await jobs.finish(session, lease)


@pytest.fixture
async def worker(app: FastAPI) -> AsyncIterator[ScriptedWorker]:
    gateway = app.state.gateway
    worker = ScriptedWorker(gateway.settings, gateway.database, gateway.store)
    working = asyncio.create_task(worker.work())
    yield worker
    working.cancel()
    await asyncio.wait({working})


@pytest.fixture
def base_url(address: str) -> str:
    return f"{address.removesuffix('/api/v1')}/v1"


@pytest.fixture
async def key_for(ada: httpx.AsyncClient) -> KeyFor:
    """Makes keys of one project of Ada's."""
    project = await found(ada)

    async def make(*scopes: str) -> str:
        key: str = (await make_key(ada, project["id"], *scopes))["key"]
        return key

    return make


@pytest.fixture
async def openai(base_url: str, key_for: KeyFor, worker: ScriptedWorker) -> AsyncIterator[AsyncOpenAI]:
    """OpenAI's own client with a key of a project of Ada's, and a worker that does what it is sent."""
    assert worker.working.is_set()
    async with AsyncOpenAI(base_url=base_url, api_key=await key_for("upload", "read"), timeout=60) as client:
        yield client
