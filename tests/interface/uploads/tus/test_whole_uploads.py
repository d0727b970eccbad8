"""An upload in one request, in many, and with everything that may be told only later."""

import hashlib

import pytest

from scribe.storage import ObjectStore
from tus_client import Tus

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]


async def test_an_upload_in_one_request_becomes_a_meeting(tus: Tus, wav: bytes, store: ObjectStore) -> None:
    address = await tus.create(len(wav), filename="stand-up.wav", title="Monday", tags="a,b")
    answer = await tus.patch(address, 0, wav)
    assert answer.status_code == 204, answer.text
    assert answer.headers["Upload-Offset"] == str(len(wav))
    meeting = (await tus.client.get(f"/meetings/{answer.headers['Upload-Meeting']}")).json()
    assert (meeting["title"], meeting["filename"], meeting["tags"]) == ("Monday", "stand-up.wav", ["a", "b"])
    assert meeting["sha256"] == hashlib.sha256(wav).hexdigest()
    assert await store.get_bytes(f"meetings/{meeting['id']}/source/stand-up.wav") == wav
    state = await tus.state(address)
    assert (state["state"], state["meeting_id"]) == ("DONE", meeting["id"])


async def test_an_upload_may_come_in_many_requests(tus: Tus, large: bytes, store: ObjectStore) -> None:
    address = await tus.create(len(large), filename="long.wav")
    for start in range(0, len(large), 5_000_000):
        answer = await tus.patch(address, start, large[start : start + 5_000_000])
        assert answer.status_code == 204, answer.text
        head = await tus.head(address)
        assert head.headers["Upload-Offset"] == str(min(start + 5_000_000, len(large)))
    state = await tus.state(address)
    assert await store.get_bytes(f"meetings/{state['meeting_id']}/source/long.wav") == large
    assert state["sha256"] == hashlib.sha256(large).hexdigest()
