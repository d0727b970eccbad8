"""Listening to a meeting: ranges, validators, renditions, redirects."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import update

from scribe.db import Database
from scribe.db.models import Meeting
from scribe.storage import ObjectStore, keys

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]
PLAYBACK = bytes(range(256)) * 40


@pytest.fixture
async def path(ada: httpx.AsyncClient, hand_in: HandIn, store: ObjectStore) -> str:
    """The audio of a meeting that has a playback rendition."""
    meeting = await hand_in(ada, name="wöchentlich.wav")
    await store.put_bytes(keys.playback(meeting["id"]), PLAYBACK, content_type="audio/mp4")
    return f"/meetings/{meeting['id']}/audio"


async def test_the_whole_recording_says_that_it_takes_ranges(ada: httpx.AsyncClient, path: str) -> None:
    response = await ada.get(path)
    assert (response.status_code, response.content) == (200, PLAYBACK)
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Content-Type"] == "audio/mp4"
    assert "filename*=UTF-8''w%C3%B6chentlich.m4a" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-", 100, 10240),
        ("bytes=-5", 10235, 10240),
        ("bytes=5-99999", 5, 10240),
    ],
)
async def test_a_range_is_sent_with_its_place(
    ada: httpx.AsyncClient, path: str, asked: str, start: int, end: int
) -> None:
    response = await ada.get(path, headers={"Range": asked})
    assert (response.status_code, response.content) == (206, PLAYBACK[start:end])
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(PLAYBACK)}"
    assert int(response.headers["Content-Length"]) == end - start


async def test_a_range_beyond_the_end_is_refused(ada: httpx.AsyncClient, path: str) -> None:
    response = await ada.get(path, headers={"Range": "bytes=10240-"})
    assert (response.status_code, response.json()["error"]["code"]) == (416, "RANGE_NOT_SATISFIABLE")
    assert response.headers["Content-Range"] == "bytes */10240"


async def test_head_tells_the_size_without_the_bytes(ada: httpx.AsyncClient, path: str) -> None:
    response = await ada.head(path)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Length"] == str(len(PLAYBACK))


async def test_a_client_that_has_it_already_gets_304(ada: httpx.AsyncClient, path: str) -> None:
    etag = (await ada.head(path)).headers["ETag"]
    response = await ada.get(path, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")


async def test_if_range_gives_the_whole_when_the_object_is_another(ada: httpx.AsyncClient, path: str) -> None:
    head = (await ada.head(path)).headers
    for current in (head["ETag"], head["Last-Modified"]):
        response = await ada.get(path, headers={"Range": "bytes=0-9", "If-Range": current})
        assert response.status_code == 206
    for stale in ('"another"', "Thu, 01 Jan 1970 00:00:00 GMT", "nonsense"):
        response = await ada.get(path, headers={"Range": "bytes=0-9", "If-Range": stale})
        assert response.status_code == 200


async def test_the_upload_itself_comes_as_an_attachment(
    ada: httpx.AsyncClient, path: str, wav: bytes
) -> None:
    response = await ada.get(path, params={"rendition": "source"})
    assert response.content == wav
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_audio_that_is_not_prepared_yet_says_so(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(ada)
    for what, code in (("audio", "AUDIO_NOT_READY"), ("peaks", "PEAKS_NOT_READY")):
        response = await ada.get(f"/meetings/{meeting['id']}/{what}")
        assert (response.status_code, response.json()["error"]["code"]) == (409, code)


async def test_a_redirect_goes_to_the_public_storage_and_works_without_a_token(
    app: FastAPI, ada: httpx.AsyncClient, path: str
) -> None:
    assert (await ada.get(path, params={"redirect": True})).status_code == 200
    s3 = app.state.gateway.settings.s3
    s3.public_endpoint = s3.endpoint
    async with httpx.AsyncClient() as stranger:
        response = await ada.get(path, params={"redirect": True})
        assert response.status_code == 307
        assert (await stranger.get(response.headers["Location"])).content == PLAYBACK


async def test_peaks_are_sent_as_they_were_drawn(
    ada: httpx.AsyncClient, hand_in: HandIn, store: ObjectStore
) -> None:
    meeting = await hand_in(ada)
    await store.put_bytes(keys.peaks(meeting["id"]), b'{"version":1}', content_type="application/json")
    first = await ada.get(f"/meetings/{meeting['id']}/peaks")
    assert first.json() == {"version": 1}
    etag = {"If-None-Match": first.headers["ETag"]}
    assert (await ada.get(f"/meetings/{meeting['id']}/peaks", headers=etag)).status_code == 304


@pytest.mark.parametrize("what", ["audio", "peaks", "transcript"])
async def test_no_connection_to_the_database_is_held_while_s3_is_asked(
    app: FastAPI,
    ada: httpx.AsyncClient,
    hand_in: HandIn,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:
    meeting = await hand_in(ada)
    async with database.transaction() as session:
        await session.execute(update(Meeting).values(revision=1))
    gateway = app.state.gateway
    held: list[int] = []

    def watched(ask: Callable[[str], Awaitable[Any]]) -> Callable[[str], Awaitable[Any]]:
        def asked(key: str) -> Awaitable[Any]:
            held.append(gateway.database.engine.pool.checkedout())
            return ask(key)

        return asked

    for method in ("head", "get_bytes"):
        monkeypatch.setattr(gateway.store, method, watched(getattr(gateway.store, method)))
    assert (await ada.get(f"/meetings/{meeting['id']}/{what}")).status_code == 409
    assert held == [0]
