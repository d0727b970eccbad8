"""Broken connections, silent clients, second writers and instances that die: nothing that arrived is lost."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from scribe.db import Database
from scribe.db.models import Upload
from scribe.settings import Settings
from scribe.storage import ObjectStore, StorageUnavailable
from scribe_api.gateway import Gateway
from scribe_api.main import create_app
from scribe_api.uploads.tus import finishing
from scribe_api.uploads.tus.digests import Digests
from scribe_api.uploads.tus.forgotten import finish_forgotten
from tus_client import BYTES, Tus, noise, said

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]
Eventually = Callable[..., Awaitable[None]]
SMALLEST_PART = 5 << 20


class Cut(Exception):
    """The connection breaks here."""


async def cut_after(data: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(data), 65_536):
        yield data[start : start + 65_536]
    raise Cut


async def send_on(tus: Tus, address: str, data: bytes, length: int) -> httpx.Response:
    """Ask and send, as clients do: what was sent before the cut may still be on its way to the row."""
    while True:
        there = int((await tus.head(address)).headers["Upload-Offset"])
        answer = await tus.patch(address, there, data[there : there + length])
        if answer.status_code not in {409, 423}:
            assert answer.status_code == 204, answer.text
            return answer


async def test_what_arrived_before_the_connection_broke_is_kept(
    online: httpx.AsyncClient, large: bytes, store: ObjectStore
) -> None:
    tus = Tus(online)
    address = await tus.create(len(large), filename="a.wav")
    with pytest.raises(Cut):
        await tus.patch(address, 0, cut_after(large[:10_000_000]), Content_Length=str(len(large)))
    there = int((await tus.head(address)).headers["Upload-Offset"])
    assert 9_000_000 < there <= 10_000_000
    meeting = (await send_on(tus, address, large, len(large))).headers["Upload-Meeting"]
    assert await store.get_bytes(f"meetings/{meeting}/source/a.wav") == large


async def test_an_upload_that_broke_off_before_its_address_was_told_holds_no_room(
    online: httpx.AsyncClient, large: bytes, database: Database, eventually: Eventually
) -> None:
    headers = {**BYTES, "Upload-Length": str(len(large)), "Content-Length": str(len(large))}
    with pytest.raises(Cut):
        await online.post("/uploads", headers=headers, content=cut_after(large[:9_000_000]))

    async def is_gone() -> bool:
        async with database.transaction() as session:
            return await session.scalar(select(func.count()).select_from(Upload)) == 0

    await eventually(is_gone)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    size=st.integers(SMALLEST_PART - 10, 13_000_000),
    steps=st.lists(st.tuples(st.integers(0, 7_000_000), st.booleans(), st.booleans()), max_size=5),
)
async def test_however_an_upload_is_cut_its_bytes_are_the_same(
    app: FastAPI,
    online: httpx.AsyncClient,
    database: Database,
    store: ObjectStore,
    size: int,
    steps: list[tuple[int, bool, bool]],
) -> None:
    data, tus = noise(size), Tus(online)
    address = await tus.create(size, filename="a.wav")
    async with database.transaction() as session:
        await session.execute(update(Upload).values(part_size=SMALLEST_PART))
    there = 0
    for length, breaks, moves in steps:
        if moves:
            object.__setattr__(app.state.gateway, "digests", Digests())
        chunk = data[there : there + length]
        if breaks and there + len(chunk) < size:
            with pytest.raises(Cut):
                await tus.patch(address, there, cut_after(chunk), Content_Length=str(size - there))
        else:
            await send_on(tus, address, data, length)
        there = int((await tus.head(address)).headers["Upload-Offset"])
    await send_on(tus, address, data, size)
    state = await tus.state(address)
    assert state["sha256"] == hashlib.sha256(data).hexdigest()
    assert await store.get_bytes(f"meetings/{state['meeting_id']}/source/a.wav") == data


async def test_a_second_writer_is_refused_while_the_first_one_sends(
    app: FastAPI, tus: Tus, wav: bytes
) -> None:
    app.state.gateway.settings.uploads.wait_s = 0.1
    address = await tus.create(len(wav))
    refused = asyncio.Event()

    async def until_refused() -> AsyncIterator[bytes]:
        yield wav[:100]
        await refused.wait()
        yield wav[100:]

    first = asyncio.create_task(tus.patch(address, 0, until_refused()))
    await asyncio.sleep(0.3)
    assert said(await tus.patch(address, 0, wav)) == (423, "UPLOAD_LOCKED")
    assert said(await tus.delete(address)) == (423, "UPLOAD_LOCKED")
    refused.set()
    assert (await first).headers["Upload-Meeting"]


async def test_a_client_that_fell_silent_gives_way_and_loses_nothing(
    app: FastAPI, tus: Tus, large: bytes
) -> None:
    uploads = app.state.gateway.settings.uploads
    uploads.stall_s, uploads.lease_s, uploads.wait_s = 0.2, 1.0, 10.0
    address = await tus.create(len(large))
    forgotten = asyncio.Event()

    async def silent() -> AsyncIterator[bytes]:
        yield large[:9_000_000]
        await forgotten.wait()
        yield large[9_000_000:]

    first = asyncio.create_task(tus.patch(address, 0, silent()))
    await asyncio.sleep(0.1)
    head = await tus.head(address)
    assert head.headers["Upload-Offset"] == "9000000"
    assert (await tus.patch(address, 9_000_000, large[9_000_000:])).headers["Upload-Meeting"]
    forgotten.set()
    assert said(await first) == (423, "UPLOAD_LOCKED")


async def test_a_client_that_trickles_does_not_have_its_tail_written_at_every_silence(
    app: FastAPI, tus: Tus, wav: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.state.gateway.settings.uploads.stall_s = 0.05
    store, written = app.state.gateway.store, []
    put_part = store.put_part

    async def noting(key: str, *args: object, **named: object) -> object:
        written.append(key)
        return await put_part(key, *args, **named)

    async def trickle() -> AsyncIterator[bytes]:
        for start in range(0, 500, 100):
            yield wav[start : start + 100]
            await asyncio.sleep(0.2)
        yield wav[500:]

    monkeypatch.setattr(store, "put_part", noting)
    address = await tus.create(len(wav))
    assert (await tus.patch(address, 0, trickle())).headers["Upload-Meeting"]
    assert len([key for key in written if key.startswith("uploads/")]) == 1


async def test_the_lease_of_an_instance_that_died_runs_out(tus: Tus, database: Database, wav: bytes) -> None:
    address = await tus.create(len(wav))
    dead = {"lease_owner": "00000000-0000-0000-0000-000000000001"}
    async with database.transaction() as session:
        await session.execute(update(Upload).values(**dead, lease_until=func.now() + timedelta(seconds=1)))
    assert (await tus.patch(address, 0, wav)).headers["Upload-Meeting"]


async def test_another_instance_goes_on_where_one_stopped(
    tus: Tus, settings: Settings, large: bytes, store: ObjectStore
) -> None:
    address = await tus.create(len(large), filename="a.wav")
    await tus.patch(address, 0, large[:9_000_000])
    other = create_app(settings)
    async with (
        other.router.lifespan_context(other),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(other),
            base_url="http://other/api/v1",
            headers=tus.client.headers,
        ) as client,
    ):
        answer = await Tus(client).patch(address, 9_000_000, large[9_000_000:])
    meeting = (await tus.client.get(f"/meetings/{answer.headers['Upload-Meeting']}")).json()
    assert meeting["sha256"] == hashlib.sha256(large).hexdigest()
    assert await store.get_bytes(f"meetings/{meeting['id']}/source/a.wav") == large


async def away(*_args: object, **_named: object) -> None:
    raise StorageUnavailable(reason="it is away")


@pytest.mark.parametrize("step", ["_look", "admit"])
async def test_a_recording_that_arrived_whole_becomes_a_meeting_at_the_next_word(
    tus: Tus, large: bytes, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    address = await tus.create(len(large))
    with monkeypatch.context() as patch:
        patch.setattr(f"scribe_api.uploads.tus.finishing.{step}", away)
        assert said(await tus.patch(address, 0, large)) == (503, "STORAGE_UNAVAILABLE")
        state = await tus.state(address)
        assert (state["state"], state["offset"]) == ("RECEIVED", len(large))
    head = await tus.head(address)
    assert head.headers["Upload-Meeting"] == (await tus.state(address))["meeting_id"]


async def test_who_asks_is_answered_however_long_it_takes_to_make_the_meeting(
    tus: Tus, settings: Settings, wav: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await tus.create(len(wav))
    with monkeypatch.context() as patch:
        patch.setattr("scribe_api.uploads.tus.finishing._look", away)
        assert (await tus.patch(address, 0, wav)).status_code == 503
    look = finishing._look

    async def slowly(*args: Any) -> object:
        await asyncio.sleep(1)
        return await look(*args)

    monkeypatch.setattr(finishing, "_look", slowly)
    hasty = settings.model_copy(update={"api": settings.api.model_copy(update={"answer_s": 0.5})})
    other = create_app(hasty)
    async with (
        other.router.lifespan_context(other),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(other),
            base_url="http://other/api/v1",
            headers=tus.client.headers,
        ) as client,
    ):
        assert (await Tus(client).head(address)).headers["Upload-Meeting"]


async def test_a_recording_that_arrived_whole_becomes_a_meeting_although_its_client_stays_away(
    app: FastAPI, tus: Tus, wav: bytes, monkeypatch: pytest.MonkeyPatch, eventually: Eventually
) -> None:
    address = await tus.create(len(wav))
    with monkeypatch.context() as patch:
        patch.setattr("scribe_api.uploads.tus.finishing.admit", away)
        assert (await tus.patch(address, 0, wav)).status_code == 503
        gateway: Gateway = app.state.gateway
        await finish_forgotten(gateway)
        assert (await tus.state(address))["state"] == "RECEIVED"
    await finish_forgotten(gateway)

    async def is_done() -> bool:  # the gateway looks for itself as well, and may have been quicker
        return bool((await tus.state(address))["state"] == "DONE")

    await eventually(is_done)


async def test_a_storage_that_fails_in_the_middle_costs_only_what_it_did_not_take(
    app: FastAPI, tus: Tus, large: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await tus.create(len(large))
    with monkeypatch.context() as patch:
        patch.setattr(app.state.gateway.store.resumable, "put_part", away)
        assert said(await tus.patch(address, 0, large)) == (503, "STORAGE_UNAVAILABLE")
    there = int((await tus.head(address)).headers["Upload-Offset"])
    assert there == 0
    assert (await tus.patch(address, 0, large)).headers["Upload-Meeting"]


async def test_no_connection_to_the_database_is_held_while_the_bytes_come_in(
    app: FastAPI, tus: Tus, wav: bytes
) -> None:
    address = await tus.create(len(wav))
    held: list[int] = []

    async def in_pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(wav), 4096):
            held.append(app.state.gateway.database.engine.pool.checkedout())
            yield wav[start : start + 4096]

    assert (await tus.patch(address, 0, in_pieces())).status_code == 204
    assert set(held) == {0}
