"""Ada's uploads, and what must never be left of any."""

from collections.abc import AsyncIterator

import httpx
import pytest
from sqlalchemy import select

from scribe.db import Database
from scribe.db.models import Deletion, Meeting
from scribe.settings import Settings
from scribe.storage import ObjectStore
from scribe.storage.client import open_client
from tus_client import Tus, noise


@pytest.fixture
def tus(ada: httpx.AsyncClient) -> Tus:
    return Tus(ada)


@pytest.fixture(scope="session")
def large() -> bytes:
    """A recording of 12 MB: one part, and more than half of another."""
    return noise(12_000_044)


@pytest.fixture
async def nothing_left(settings: Settings, database: Database, store: ObjectStore) -> AsyncIterator[None]:
    """Sees afterwards that no tail, no open part and no note for a meeting's deletion remain."""
    yield
    async with database.transaction() as session:
        recorded = {f"meetings/{each}/" for each in await session.scalars(select(Meeting.id))}
        noted = set(await session.scalars(select(Deletion.prefix)))
    assert recorded.isdisjoint(noted)
    assert [head.key async for head in store.list("uploads/")] == []
    async with open_client(settings.s3, settings.s3.endpoint) as client:
        listed = await client.list_multipart_uploads(Bucket=store.bucket)
    assert listed.get("Uploads", []) == []
