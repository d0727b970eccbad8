"""Pieces that come side by side and are put together."""

import hashlib

import httpx
import pytest
from fastapi import FastAPI

from scribe.storage import ObjectStore, StorageUnavailable
from scribe.storage.resumable import CopyNotSupported
from scribe_api.uploads.tus.forgotten import finish_forgotten
from tus_client import BYTES, TUS, Tus, address_of, metadata, said

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]
PIECE = {"Upload-Concat": "partial"}


async def pieces(tus: Tus, *parts: bytes) -> list[str]:
    found = [await tus.create(len(part), PIECE) for part in parts]
    for address, part in zip(found, parts, strict=True):
        answer = await tus.patch(address, 0, part)
        assert answer.status_code == 204, answer.text
        assert "Upload-Meeting" not in answer.headers
    return found


async def join(tus: Tus, addresses: list[str], **fields: str) -> httpx.Response:
    named = " ".join(f"/api/v1{address}" for address in addresses)
    headers = {**TUS, "Upload-Concat": f"final;{named}", "Upload-Metadata": metadata(**fields)}
    return await tus.client.post("/uploads", headers=headers)


@pytest.mark.parametrize("cut", [100, 6_000_000], ids=["streamed", "copied"])
async def test_pieces_become_one_meeting_and_are_gone(
    tus: Tus, large: bytes, store: ObjectStore, cut: int
) -> None:
    addresses = await pieces(tus, large[:cut], large[cut:])
    head = await tus.head(addresses[0])
    assert (head.headers["Upload-Concat"], head.headers["Upload-Offset"]) == ("partial", str(cut))
    answer = await join(tus, addresses, filename="whole.wav", title="Joined")
    assert answer.status_code == 201, answer.text
    meeting = (await tus.client.get(f"/meetings/{answer.headers['Upload-Meeting']}")).json()
    assert (meeting["title"], meeting["sha256"]) == ("Joined", hashlib.sha256(large).hexdigest())
    assert await store.get_bytes(f"meetings/{meeting['id']}/source/whole.wav") == large
    final = await tus.head(address_of(answer))
    assert final.headers["Upload-Concat"].startswith("final;/api/v1/uploads/")
    assert final.headers["Upload-Length"] == final.headers["Upload-Offset"] == str(len(large))
    assert {(await tus.head(address)).status_code for address in addresses} == {404}
    assert said(await tus.patch(address_of(answer), 0, b"1")) == (403, "UPLOAD_FINAL")


async def test_a_server_that_copies_no_parts_has_them_streamed(
    app: FastAPI, tus: Tus, large: bytes, store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_args: object, **_named: object) -> None:
        raise CopyNotSupported

    monkeypatch.setattr(app.state.gateway.store.resumable, "copy_part", refuse)
    answer = await join(tus, await pieces(tus, large[:6_000_000], large[6_000_000:]), filename="a.wav")
    key = f"meetings/{answer.headers['Upload-Meeting']}/source/a.wav"
    assert await store.get_bytes(key) == large


async def test_who_missed_the_answer_is_told_the_same_meeting_again(tus: Tus, wav: bytes) -> None:
    finished = await pieces(tus, wav[:100], wav[100:])
    first, again = [await join(tus, finished) for _ in range(2)]
    assert (again.status_code, again.headers["Location"]) == (201, first.headers["Location"])
    assert again.headers["Upload-Meeting"] == first.headers["Upload-Meeting"]


async def test_pieces_whose_joining_was_interrupted_become_a_meeting_all_the_same(
    app: FastAPI, tus: Tus, wav: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_args: object) -> None:
        raise StorageUnavailable(reason="it is away")

    finished = await pieces(tus, wav[:100], wav[100:])
    with monkeypatch.context() as patch:
        patch.setattr("scribe_api.uploads.tus.joining.sniff_pieces", away)
        assert said(await join(tus, finished)) == (503, "STORAGE_UNAVAILABLE")
    await finish_forgotten(app.state.gateway)
    answer = await join(tus, finished)
    meeting = (await tus.client.get(f"/meetings/{answer.headers['Upload-Meeting']}")).json()
    assert meeting["sha256"] == hashlib.sha256(wav).hexdigest()


async def test_only_whole_pieces_of_ones_own_are_put_together(
    tus: Tus, bob: httpx.AsyncClient, wav: bytes
) -> None:
    unfinished = await tus.create(len(wav), PIECE)
    assert said(await join(tus, [unfinished])) == (409, "UPLOAD_PIECES_UNFINISHED")
    await tus.delete(unfinished)
    finished = await pieces(tus, wav)
    assert said(await join(Tus(bob), finished)) == (409, "UPLOAD_PIECES_UNFINISHED")
    assert (await join(tus, finished)).status_code == 201


async def test_pieces_of_what_is_no_recording_are_refused(tus: Tus, store: ObjectStore) -> None:
    addresses = await pieces(tus, b"just text\n" * 900, b"and more\n" * 900)
    assert said(await join(tus, addresses)) == (415, "UNSUPPORTED_MEDIA")
    for address in addresses:
        assert (await tus.delete(address)).status_code == 204
    assert [head.key async for head in store.list("")] == []


async def test_a_piece_may_come_with_its_beginning(tus: Tus, wav: bytes) -> None:
    answer = await tus.client.post(
        "/uploads", headers={**BYTES, **PIECE, "Upload-Length": str(len(wav))}, content=wav
    )
    assert answer.status_code == 201, answer.text
    assert (await join(tus, [address_of(answer)])).headers["Upload-Meeting"]
