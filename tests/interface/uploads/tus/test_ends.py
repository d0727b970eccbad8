"""How uploads end, well or badly, and what is left of them."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import update

from scribe.db import Database
from scribe.db.models import Upload
from scribe.storage import ObjectStore
from tus_client import Tus, said

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]


async def test_what_is_no_recording_is_refused_at_its_first_bytes(tus: Tus, store: ObjectStore) -> None:
    address = await tus.create(20_000_000, filename="a.wav")
    assert said(await tus.patch(address, 0, b"just text\n" * 1000)) == (415, "UNSUPPORTED_MEDIA")
    state = await tus.state(address)
    assert (state["state"], state["error_code"], state["meeting_id"]) == ("FAILED", "UNSUPPORTED_MEDIA", None)
    assert (await tus.head(address)).status_code == 410
    assert said(await tus.patch(address, 0, b"1")) == (410, "UPLOAD_FAILED")
    assert [head.key async for head in store.list("")] == []


async def test_a_damaged_recording_is_refused_with_its_last_bytes_and_removed(
    tus: Tus, store: ObjectStore, large: bytes
) -> None:
    damaged = large[:12] + b"\xff" * (len(large) - 12)
    address = await tus.create(len(damaged))
    assert said(await tus.patch(address, 0, damaged)) == (422, "MEDIA_CORRUPT")
    assert (await tus.state(address))["error_code"] == "MEDIA_CORRUPT"
    assert [head.key async for head in store.list("")] == []


async def test_an_upload_that_is_given_up_leaves_nothing(tus: Tus, store: ObjectStore, large: bytes) -> None:
    address = await tus.create(len(large))
    await tus.patch(address, 0, large[:-1])
    assert (await tus.delete(address)).status_code == 204
    assert (await tus.head(address)).status_code == 404
    assert [head.key async for head in store.list("")] == []


async def test_giving_up_an_upload_that_is_a_meeting_already_leaves_the_meeting(tus: Tus, wav: bytes) -> None:
    state = await tus.hand_in(wav)
    assert (await tus.delete(f"/uploads/{state['id']}")).status_code == 204
    audio = await tus.client.get(f"/meetings/{state['meeting_id']}/audio", params={"rendition": "source"})
    assert audio.content == wav


async def test_an_expired_upload_is_gone(tus: Tus, database: Database, wav: bytes) -> None:
    address = await tus.create(len(wav))
    async with database.transaction() as session:
        await session.execute(update(Upload).values(expires_at=Upload.created_at))
    assert (await tus.head(address)).status_code == 410
    assert said(await tus.patch(address, 0, wav)) == (410, "UPLOAD_EXPIRED")


async def test_a_finished_upload_takes_no_more_bytes_and_still_tells_its_meeting(
    tus: Tus, wav: bytes
) -> None:
    state = await tus.hand_in(wav)
    address = f"/uploads/{state['id']}"
    assert said(await tus.patch(address, len(wav), b"1")) == (413, "UPLOAD_OVERRUN")
    again = await tus.patch(address, len(wav), b"")
    assert (again.status_code, again.headers["Upload-Meeting"]) == (204, state["meeting_id"])
    head = await tus.head(address)
    assert (head.headers["Upload-Offset"], head.headers["Upload-Meeting"]) == (
        str(len(wav)),
        state["meeting_id"],
    )


async def test_ten_uploads_at_once_are_ten_meetings(tus: Tus, wav: bytes) -> None:
    states: list[dict[str, Any]] = await asyncio.gather(*(tus.hand_in(wav) for _ in range(10)))
    assert len({state["meeting_id"] for state in states}) == 10
