"""A worker of the product in the test's own process, with the engines that the test orders."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from recordings import tone
from scribe import jobs
from scribe.db import Database
from scribe.db.models import Job, JobKind, Meeting, User
from scribe.models import ModelStore
from scribe.projects import personal_project
from scribe.queue.presence import Presence
from scribe.revisions.lookup import document_key
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import Transcript, loads
from scribe_worker.engines.base import Machine
from scribe_worker.engines.registry import Registry
from scribe_worker.engines.residency import Residency
from scribe_worker.pipeline.run import Pipeline
from scribe_worker.worker import Worker


@dataclass
class Bench:
    """What a test of the worker needs at hand."""

    settings: Settings
    database: Database
    store: ObjectStore
    folder: Path

    async def upload(self, recording: bytes, **options: Any) -> uuid.UUID:
        """Put a recording into S3 and queue it; returns the meeting's id."""
        meeting_id = uuid.uuid4()
        source = keys.source(meeting_id, "recording.wav")
        await self.store.put_bytes(source, recording, content_type="audio/wav")
        async with self.database.transaction() as session:
            user = User(email=f"{meeting_id.hex}@example.org", password_hash="-")
            session.add(user)
            await session.flush()
            meeting = Meeting(
                id=meeting_id,
                project_id=(await personal_project(session, user)).id,
                created_by=user.id,
                title="Recording",
                filename="recording.wav",
                source_key=source,
                content_type="audio/wav",
                size=len(recording),
                options={"transcriber": "dummy", "diariser": "dummy", **options},
            )
            session.add(meeting)
            await session.flush()
            await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)
        return meeting_id

    async def job(self, meeting_id: uuid.UUID) -> Job:
        """The meeting's newest job."""
        from sqlalchemy import select

        newest = select(Job).where(Job.meeting_id == meeting_id).order_by(Job.created_at.desc())
        async with self.database.transaction() as session:
            job = (await session.scalars(newest)).first()
        assert job is not None
        return job

    async def meeting(self, meeting_id: uuid.UUID) -> Meeting:
        """The meeting as it is now."""
        async with self.database.transaction() as session:
            return await session.get_one(Meeting, meeting_id)

    async def document(self, meeting_id: uuid.UUID, revision: int = 1) -> Transcript:
        """That revision of the meeting's transcript, from where its row says that it lies."""
        async with self.database.transaction() as session:
            key = await document_key(session, meeting_id, revision)
        return loads(await self.store.get_bytes(key))

    async def until(self, holds: Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
        """Wait for a condition."""
        async with asyncio.timeout(seconds):
            while not await holds():
                await asyncio.sleep(0.02)

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[Worker]:
        """A worker whose watch runs; it is told to stop at the end."""
        models, machine = ModelStore(self.settings.models_folder), Machine(threads=1)
        registry = Registry(models, self.settings.engines, machine)
        residency = Residency(self.settings.engines, self.settings.gpu, machine, models)
        presence = Presence(self.settings.redis)
        pipeline = Pipeline(self.settings, self.database, self.store, registry, residency, self.folder)
        worker = Worker("gpu", "tester", self.database, presence, self.settings.jobs, pipeline.transcribe)
        watch = asyncio.create_task(worker.watch())
        try:
            yield worker
        finally:
            await worker.stop()
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch
            await residency.close()
            await presence.close()

    async def run(self, meeting_id: uuid.UUID) -> Meeting:
        """Run the meeting's job with a worker of its own; returns the meeting afterwards."""
        async with self.worker() as worker:
            await worker.run_job(str((await self.job(meeting_id)).id))
        return await self.meeting(meeting_id)


@pytest.fixture
def bench(settings: Settings, database: Database, store: ObjectStore, tmp_path: Path) -> Bench:
    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)
    return Bench(settings, database, store, folder)


@pytest.fixture
def recording() -> bytes:
    """Twelve seconds of a tone."""
    return tone(12)
