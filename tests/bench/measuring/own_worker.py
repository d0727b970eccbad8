"""A GPU worker of the bench's own: another process, another database, the running stack's servers."""

import os
import secrets
import signal
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from pydantic import JsonValue

from bench.measuring.own_api import environment_of, own_database
from scribe import jobs
from scribe.db import Database
from scribe.db.models import JobKind, Meeting, User
from scribe.projects import personal_project
from scribe.queue import RedisAnnouncer
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys


@dataclass
class OwnQueue:
    """A database of the bench's own, an account in it, and the store."""

    settings: Settings
    database: Database
    store: ObjectStore
    project_id: uuid.UUID

    async def put(self, recording: bytes, filename: str, wishes: Mapping[str, JsonValue]) -> Meeting:
        """A meeting whose recording is uploaded and whose job is not queued yet."""
        meeting_id = uuid.uuid4()
        key = keys.source(meeting_id, filename)
        await self.store.put_bytes(key, recording, content_type="audio/x-bench")
        meeting = Meeting(
            id=meeting_id,
            project_id=self.project_id,
            title="bench",
            filename=filename,
            source_key=key,
            content_type="audio/x-bench",
            size=len(recording),
            language="en",
            options=dict(wishes),
        )
        async with self.database.transaction() as session:
            session.add(meeting)
        return meeting

    async def enqueue(self, meetings: list[Meeting]) -> None:
        """Queue them all at once."""
        async with self.database.transaction() as session:
            for meeting in meetings:
                row = await session.get_one(Meeting, meeting.id)
                await jobs.enqueue(session, JobKind.TRANSCRIBE, row)

    async def forget(self, meetings: list[Meeting]) -> None:
        """Remove what they left in the store; their rows go with the database."""
        for meeting in meetings:
            await self.store.delete_prefix(keys.meeting(meeting.id))


@asynccontextmanager
async def own_queue(settings: Settings) -> AsyncIterator[OwnQueue]:
    async with own_database(settings) as own, ObjectStore.open(own.s3) as store:
        announcer = RedisAnnouncer(own.redis)
        database = Database(own.database, announcer)
        owner = User(id=uuid.uuid4(), email=f"{secrets.token_hex(6)}@example.org", password_hash="-")
        try:
            async with database.transaction() as session:
                session.add(owner)
                await session.flush()
                project_id = (await personal_project(session, owner)).id
            yield OwnQueue(own, database, store, project_id)
        finally:
            await database.close()
            await announcer.close()


@contextmanager
def own_worker(settings: Settings, folder: Path, **changed: str) -> Iterator[psutil.Process]:
    """A worker process with those variables changed; its engines end with it."""
    environment = {**environment_of(settings), "SCRIBE_WORKER__WORK_DIR": str(folder), **changed}
    command = [sys.executable, "-m", "scribe_worker.gpu"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield psutil.Process(process.pid)
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait()
