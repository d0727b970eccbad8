"""A recording that arrived whole and cannot be made a meeting is tried again, but not for ever."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select

from scribe.db import Database
from scribe.db.models import Deletion, Upload
from scribe.media.errors import CorruptMedia, MediaProcessDied
from scribe.storage import ObjectStore, StorageRefused
from scribe_api.meetings.probing import EarlyProbe
from scribe_api.uploads.tus.digests import Digests
from scribe_api.uploads.tus.finishing import MOST_ATTEMPTS
from scribe_api.uploads.tus.forgotten import finish_forgotten
from tus_client import Tus, said

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]


async def dies(*_args: object) -> None:
    raise MediaProcessDied(cause="killed", stderr="")


async def test_a_recording_at_which_the_probe_dies_is_given_up_after_some_attempts(
    app: FastAPI, tus: Tus, wav: bytes, store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EarlyProbe, "look", dies)
    address = await tus.create(len(wav))
    assert said(await tus.patch(address, 0, wav)) == (422, "MEDIA_PROCESS_DIED")
    for _ in range(MOST_ATTEMPTS - 1):
        assert (await tus.state(address))["state"] == "RECEIVED"
        await finish_forgotten(app.state.gateway)
    state = await tus.state(address)
    assert (state["state"], state["error_code"]) == ("FAILED", "MEDIA_PROCESS_DIED")
    assert [head.key async for head in store.list("")] == []


async def test_a_storage_that_refuses_costs_no_recording_and_no_attempt_prolongs_its_stay(
    app: FastAPI, tus: Tus, wav: bytes, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuses(*_args: object) -> None:
        raise StorageRefused(reason="AccessDenied")

    async def noted() -> object:
        async with database.transaction() as session:
            return (await session.execute(select(Deletion.prefix, Deletion.not_before))).all()

    address = await tus.create(len(wav))
    with monkeypatch.context() as patch:
        patch.setattr(EarlyProbe, "look", refuses)
        await tus.patch(address, 0, wav)
        first = await noted()
        for _ in range(MOST_ATTEMPTS):
            await finish_forgotten(app.state.gateway)
        assert await noted() == first
        assert (await tus.state(address))["state"] == "RECEIVED"
    await finish_forgotten(app.state.gateway)
    assert (await tus.state(address))["state"] == "DONE"


async def test_reading_a_recording_back_ends_with_the_attempt(
    app: FastAPI, tus: Tus, wav: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, ended = asyncio.Event(), asyncio.Event()

    async def endless(*_args: object) -> AsyncIterator[bytes]:
        reading.set()
        try:
            await asyncio.Event().wait()
            yield b""
        finally:
            ended.set()

    async def dies_later(*_args: object) -> None:
        await reading.wait()
        await dies()

    address = await tus.create(len(wav))
    with monkeypatch.context() as patch:
        patch.setattr(Digests, "take", lambda *_args: None)
        patch.setattr(app.state.gateway.store, "iter_range", endless)
        patch.setattr(EarlyProbe, "look", dies_later)
        assert said(await tus.patch(address, 0, wav)) == (422, "MEDIA_PROCESS_DIED")
        assert ended.is_set()
    await tus.delete(address)


async def test_another_attempt_does_not_read_back_what_this_process_has_seen(
    app: FastAPI, tus: Tus, wav: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await tus.create(len(wav))
    with monkeypatch.context() as patch:
        patch.setattr(EarlyProbe, "look", dies)
        await tus.patch(address, 0, wav)
    with monkeypatch.context() as patch:
        patch.setattr("scribe_api.uploads.tus.finishing.sha256_of", None)
        await finish_forgotten(app.state.gateway)
    assert (await tus.state(address))["state"] == "DONE"


async def test_an_upload_that_went_with_its_project_says_why_it_ended(
    tus: Tus, wav: bytes, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def vanishes(*_args: object) -> None:
        async with database.transaction() as session:
            await session.execute(delete(Upload))
        raise CorruptMedia

    address = await tus.create(len(wav))
    with monkeypatch.context() as patch:
        patch.setattr(EarlyProbe, "look", vanishes)
        assert said(await tus.patch(address, 0, wav)) == (422, "MEDIA_CORRUPT")
