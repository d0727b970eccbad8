"""An account for one benchmark run, gone with everything that it uploaded when the run ends."""

import asyncio
import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from sqlalchemy import delete, select

from scribe.db import Database
from scribe.db.models import Meeting, Project, User
from scribe.projects import personal_project
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe_api.security import hash_password


@dataclass(frozen=True)
class BenchAccount:
    """Who uploads, and with which headers."""

    user_id: uuid.UUID
    project_id: uuid.UUID
    base_url: str
    headers: dict[str, str]


@asynccontextmanager
async def bench_account(settings: Settings) -> AsyncIterator[BenchAccount]:
    """Make the account, sign in over HTTP, and clean up at the end. The stack must be up."""
    database = Database(settings.database)
    password = secrets.token_urlsafe(16)
    user = User(
        id=uuid.uuid4(),
        email=f"bench-{secrets.token_hex(6)}@example.org",
        password_hash=await hash_password(password),
    )
    email, user_id = user.email, user.id
    async with database.transaction() as session:
        session.add(user)
        await session.flush()
        project_id = (await personal_project(session, user)).id
    base_url = f"http://{settings.api.host}:{settings.api.port}/api/v1"
    try:
        async with httpx.AsyncClient(base_url=base_url, timeout=60) as client:
            answer = await client.post("/auth/login", json={"email": email, "password": password})
            answer.raise_for_status()
        headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        yield BenchAccount(user_id, project_id, base_url, headers)
    finally:
        await remove(settings, database, user_id, project_id)
        await database.close()


async def remove(settings: Settings, database: Database, user_id: uuid.UUID, project_id: uuid.UUID) -> None:
    """Delete the account, its meetings and their objects.

    An upload that its client gave up may still end now: it waits for the project, which then is gone.
    """
    async with database.transaction() as session:
        await session.execute(select(Project.id).where(Project.id == project_id).with_for_update())
        meetings = list(await session.scalars(select(Meeting.id).where(Meeting.project_id == project_id)))
        await session.execute(delete(Meeting).where(Meeting.project_id == project_id))
        await session.execute(delete(User).where(User.id == user_id))
    async with ObjectStore.open(settings.s3) as store:
        at_once = asyncio.Semaphore(8)

        async def forget(meeting_id: uuid.UUID) -> None:
            async with at_once:
                await store.delete_prefix(keys.meeting(meeting_id))

        await asyncio.gather(*(forget(meeting_id) for meeting_id in meetings))
