"""Resumable uploads that nobody goes on with end, and nothing of them stays."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from scribe import uploads
from scribe.db import Database
from scribe.db.models import Deletion, Project, Upload, UploadKind, UploadState
from scribe.queue import RedisAnnouncer
from scribe.queue.presence import Presence
from scribe.settings import Settings
from scribe.storage import ObjectStore, StorageRefused, keys
from scribe.storage.client import open_client
from scribe.storage.parts import Part
from scribe_worker.sweeps import Sweeps

pytestmark = pytest.mark.integration
PAST = datetime.now(UTC) - timedelta(seconds=1)


@pytest.fixture
async def sweeps(settings: Settings, database: Database, store: ObjectStore) -> AsyncIterator[Sweeps]:
    announcer, presence = RedisAnnouncer(settings.redis), Presence(settings.redis)
    yield Sweeps(settings, database, store, announcer.bell, presence)
    await announcer.close()
    await presence.close()


async def begun(database: Database, store: ObjectStore, **columns: object) -> Upload:
    """An upload with one part and a tail in S3."""
    async with database.transaction() as session:
        project = Project(name="Ours")
        session.add(project)
        await session.flush()
        upload = Upload(
            project_id=project.id,
            filename="a.wav",
            key="",
            received=3,
            part_size=2,
            expires_at=PAST,
            **columns,
        )
        session.add(upload)
        await session.flush()
        upload.key = keys.source(upload.meeting_id, "a.wav")
        upload.storage_id = await store.resumable.begin(upload.key, content_type="audio/wav")
        upload.tail_key = keys.tail(upload.id, 3)
    await store.resumable.put_part(upload.key, upload.storage_id, 1, Part(b"12"))
    await store.put_bytes(upload.tail_key, b"3", content_type="audio/wav")
    return upload


async def open_parts(settings: Settings) -> list[str]:
    async with open_client(settings.s3, settings.s3.endpoint) as client:
        listed = await client.list_multipart_uploads(Bucket=settings.s3.bucket)
    return [each["Key"] for each in listed.get("Uploads", [])]


async def state(database: Database) -> UploadState | None:
    async with database.transaction() as session:
        return await session.scalar(select(Upload.state))


async def test_an_upload_that_nobody_went_on_with_ends_with_its_parts_and_tail(
    sweeps: Sweeps, settings: Settings, database: Database, store: ObjectStore
) -> None:
    await begun(database, store)
    await sweeps.uploads()
    assert await state(database) == UploadState.EXPIRED
    assert [head.key async for head in store.list("")] == []
    assert await open_parts(settings) == []
    async with database.transaction() as session:
        await session.execute(update(Upload).values(expires_at=PAST))
    await sweeps.uploads()
    assert await state(database) is None


async def test_a_storage_that_refuses_one_upload_its_end_keeps_no_other_from_it(
    sweeps: Sweeps, database: Database, store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [await begun(database, store) for _ in range(2)]

    async def refuse(_key: str) -> None:
        raise StorageRefused(reason="AccessDenied")

    with monkeypatch.context() as patch:
        patch.setattr(store.resumable, "abort_all", refuse)
        await sweeps.uploads()
    async with database.transaction() as session:
        states = (await session.scalars(select(Upload.state))).all()
        noted = set(await session.scalars(select(Deletion.prefix)))
    assert states == [UploadState.EXPIRED] * 2
    assert {keys.upload(upload.id) for upload in ours} <= noted


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"expires_at": datetime.now(UTC) + timedelta(hours=1)}, id="not due"),
        pytest.param({"state": UploadState.RECEIVED, "length": 3}, id="whole"),
        pytest.param(
            {
                "lease_owner": "00000000-0000-0000-0000-000000000001",
                "lease_until": datetime.now(UTC) + timedelta(hours=1),
            },
            id="being written",
        ),
    ],
)
async def test_an_upload_that_lives_keeps_its_parts_however_old_they_are(
    sweeps: Sweeps, settings: Settings, database: Database, store: ObjectStore, columns: dict[str, object]
) -> None:
    upload = await begun(database, store)
    async with database.transaction() as session:
        await session.execute(update(Upload).values(**columns))
    await sweeps.uploads()
    alive = await uploads.open_storage_ids(database)
    assert await store.sweep_stale_uploads(timedelta(0), keep=alive) == 0
    assert await open_parts(settings) == [upload.key]
    assert await store.exists(upload.tail_key or "")


async def test_prolonging_a_finished_upload_never_notes_its_meeting_for_deletion(
    settings: Settings, database: Database, store: ObjectStore
) -> None:
    await begun(database, store, kind=UploadKind.WHOLE, state=UploadState.DONE)
    async with database.transaction() as session:
        await uploads.prolong(session, (await session.scalars(select(Upload))).one(), settings.uploads)
    async with database.transaction() as session:
        assert (await session.scalars(select(Deletion))).all() == []
