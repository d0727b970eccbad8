"""What is not a recording is refused with its own code, and leaves nothing behind."""

import asyncio
import io
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import av
import httpx
import psutil
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, func, select, update

from scribe.db import Database
from scribe.db.models import Job, Meeting, User
from scribe.settings import Settings
from scribe.storage import ObjectStore, StorageFull
from scribe_api.gateway import PROBES_AT_ONCE

pytestmark = pytest.mark.integration

CONCAT = b"ffconcat version 1.0\nfile '/etc/passwd'\n"
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"


async def nothing_is_left(database: Database, store: ObjectStore) -> bool:
    async with database.transaction() as session:
        rows = [await session.scalar(select(func.count()).select_from(table)) for table in (Meeting, Job)]
    return rows == [0, 0] and [head async for head in store.list("")] == []


async def send(client: httpx.AsyncClient, data: bytes, name: str = "a.wav", **fields: str) -> tuple[int, str]:
    response = await client.post("/meetings", data=fields, files={"file": (name, data)})
    return response.status_code, response.json()["error"]["code"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"", (400, "EMPTY_FILE"), id="empty"),
        pytest.param(b"just some text\n" * 500, (415, "UNSUPPORTED_MEDIA"), id="text named wav"),
        pytest.param(CONCAT, (415, "UNSUPPORTED_MEDIA"), id="ffconcat"),
        pytest.param(PLAYLIST, (415, "UNSUPPORTED_MEDIA"), id="playlist"),
        pytest.param(b"\x7fELF" + bytes(4096), (415, "UNSUPPORTED_MEDIA"), id="program"),
        pytest.param(b"PK\x03\x04" + bytes(4096), (415, "UNSUPPORTED_MEDIA"), id="archive"),
    ],
)
async def test_what_is_no_recording_is_refused_by_its_content(
    ada: httpx.AsyncClient, database: Database, store: ObjectStore, data: bytes, expected: tuple[int, str]
) -> None:
    assert await send(ada, data) == expected
    assert await nothing_is_left(database, store)


async def test_a_recording_that_is_too_short_is_refused(
    ada: httpx.AsyncClient, database: Database, store: ObjectStore, recording: Callable[..., bytes]
) -> None:
    assert await send(ada, recording(seconds=0.1)) == (422, "MEDIA_TOO_SHORT")
    assert await nothing_is_left(database, store)


def silent_film() -> bytes:
    written = io.BytesIO()
    with av.open(written, "w", format="mp4") as film:
        stream = film.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 32
        for _ in range(10):
            film.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        film.mux(stream.encode())
    return written.getvalue()


async def test_a_video_without_sound_is_refused(
    ada: httpx.AsyncClient, database: Database, store: ObjectStore
) -> None:
    assert await send(ada, silent_film(), name="film.mp4") == (422, "NO_AUDIO")
    assert await nothing_is_left(database, store)


async def test_a_recording_that_is_too_long_is_refused(
    app: FastAPI, ada: httpx.AsyncClient, database: Database, store: ObjectStore, wav: bytes
) -> None:
    app.state.gateway.settings.media.max_duration_hours = 0.5 / 3600
    assert await send(ada, wav) == (413, "MEDIA_TOO_LONG")
    assert await nothing_is_left(database, store)


async def test_a_header_followed_by_nothing_that_decodes_is_refused(
    ada: httpx.AsyncClient, database: Database, store: ObjectStore
) -> None:
    header = b"RIFF" + struct.pack("<I", 4096) + b"WAVE" + b"\xff" * 4096
    assert await send(ada, header) == (422, "MEDIA_CORRUPT")
    assert await nothing_is_left(database, store)


async def test_a_file_over_the_size_limit_is_refused(
    app: FastAPI, ada: httpx.AsyncClient, database: Database, store: ObjectStore, wav: bytes
) -> None:
    app.state.gateway.settings.api.max_upload_mib = 1
    assert await send(ada, wav + bytes(2 * 1024 * 1024)) == (413, "UPLOAD_TOO_LARGE")
    assert await nothing_is_left(database, store)


@pytest.mark.parametrize(
    "fields",
    [
        {"speakers": "many"},
        {"speakers": "0"},
        {"language": "../en"},
        {"options": "[1]"},
        {"options": "{"},
        {"options": '{"a": {"b": NaN}}'},
        {"options": '{"a": {"b": "\\u0000"}}'},
        {"options": '{"a": {"b": "\\ud800"}}'},
        {"transcriber": "no such thing!"},
        {"surprise": "field"},
    ],
)
@pytest.mark.parametrize("order", ["before", "after"])
async def test_a_wrong_field_is_refused_wherever_it_stands(
    ada: httpx.AsyncClient,
    database: Database,
    store: ObjectStore,
    wav: bytes,
    fields: dict[str, str],
    order: str,
) -> None:
    parts: list[tuple[str, Any]] = [(name, (None, value)) for name, value in fields.items()]
    parts.insert(0 if order == "after" else len(parts), ("file", ("a.wav", wav)))
    response = await ada.post("/meetings", files=parts)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "VALIDATION_ERROR")
    assert await nothing_is_left(database, store)


async def test_a_form_without_a_file_is_refused(ada: httpx.AsyncClient) -> None:
    response = await ada.post("/meetings", files={"title": (None, "no file")})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "FILE_MISSING")


async def test_a_file_under_another_name_is_not_taken_for_the_recording(
    ada: httpx.AsyncClient, database: Database, store: ObjectStore, wav: bytes
) -> None:
    response = await ada.post("/meetings", files={"picture": ("a.wav", wav)})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "FILE_MISSING")
    assert await nothing_is_left(database, store)


async def test_a_form_with_two_files_is_refused(
    ada: httpx.AsyncClient, database: Database, store: ObjectStore, wav: bytes
) -> None:
    parts = [("file", ("a.wav", wav)), ("file", ("b.wav", wav))]
    response = await ada.post("/meetings", files=parts)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "SECOND_FILE")
    assert await nothing_is_left(database, store)


@pytest.mark.parametrize("content_type", [None, "application/json", "multipart/form-data"])
async def test_a_body_that_is_no_form_is_refused(ada: httpx.AsyncClient, content_type: str | None) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    response = await ada.post("/meetings", content=b"not a form", headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "MALFORMED_FORM")


async def test_an_upload_without_a_token_is_refused_before_its_body_is_read(
    client: httpx.AsyncClient,
) -> None:
    read: list[bytes] = []

    async def body() -> AsyncIterator[bytes]:
        read.append(b"x")
        yield b"x"

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response = await client.post("/meetings", content=body(), headers=headers)
    assert response.json()["error"]["code"] == "NOT_AUTHENTICATED"
    assert read == []


async def no_upload_is_open(store: ObjectStore) -> bool:
    answer = await store._client.list_multipart_uploads(Bucket=store.bucket)
    return not answer.get("Uploads")


async def test_an_upload_cut_half_way_leaves_nothing(
    online: httpx.AsyncClient,
    database: Database,
    store: ObjectStore,
    settings: Settings,
    wav: bytes,
    eventually: Callable[..., Awaitable[None]],
) -> None:
    part = settings.s3.part_mib * 1024 * 1024
    sent = asyncio.Event()

    async def body() -> AsyncIterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n' + wav
        for _ in range(3):
            yield bytes(part)
        sent.set()
        await asyncio.Event().wait()

    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    uploading = asyncio.create_task(online.post("/meetings", content=body(), headers=headers))
    await sent.wait()
    uploading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await uploading
    await eventually(lambda: nothing_is_left(database, store))
    await eventually(lambda: no_upload_is_open(store))


async def test_a_body_that_ends_early_leaves_nothing(
    ada: httpx.AsyncClient, database: Database, store: ObjectStore, wav: bytes
) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n' + wav
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    response = await ada.post("/meetings", content=body, headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "UPLOAD_INCOMPLETE")
    assert await nothing_is_left(database, store)


async def test_a_commit_that_fails_leaves_no_object(
    ada: httpx.AsyncClient, database: Database, store: ObjectStore, wav: bytes
) -> None:
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE jobs RENAME TO jobs_gone")
    response = await ada.post("/meetings", files={"file": ("a.wav", wav)})
    assert (response.status_code, response.json()["error"]["code"]) == (500, "INTERNAL")
    assert [head async for head in store.list("")] == []


async def test_an_account_that_is_deleted_while_it_uploads_leaves_nothing(
    ada: httpx.AsyncClient,
    database: Database,
    store: ObjectStore,
    wav: bytes,
    blocked: Callable[[int], Awaitable[None]],
) -> None:
    async with database.transaction() as session:
        await session.execute(delete(User))
        uploading = asyncio.create_task(send(ada, wav))
        await blocked(1)
    assert await uploading == (401, "TOKEN_INVALID")
    assert await nothing_is_left(database, store)


async def test_an_account_that_is_switched_off_while_it_uploads_leaves_nothing(
    ada: httpx.AsyncClient,
    database: Database,
    store: ObjectStore,
    wav: bytes,
    blocked: Callable[[int], Awaitable[None]],
) -> None:
    async with database.transaction() as session:
        await session.execute(update(User).values(active=False))
        uploading = asyncio.create_task(send(ada, wav))
        await blocked(1)
    assert await uploading == (401, "TOKEN_INVALID")
    assert await nothing_is_left(database, store)


def probes() -> list[psutil.Process]:
    children = psutil.Process().children()
    return [child for child in children if "scribe.media.child" in child.cmdline()]


async def test_a_storage_that_fails_at_the_end_leaves_no_probe_that_began_early(
    app: FastAPI,
    ada: httpx.AsyncClient,
    wav: bytes,
    monkeypatch: pytest.MonkeyPatch,
    eventually: Callable[..., Awaitable[None]],
) -> None:
    async def fail_when_all_has_come(_: str, chunks: AsyncIterator[bytes], **__: str) -> None:
        async for _chunk in chunks:
            assert probes() == []
        await eventually(lambda: len(probes()) == 1)
        raise StorageFull

    gateway = app.state.gateway
    monkeypatch.setattr(gateway.store, "put_stream", fail_when_all_has_come)
    assert await send(ada, wav) == (507, "STORAGE_FULL")
    assert probes() == []
    for _ in range(PROBES_AT_ONCE):
        assert not gateway.probing.locked()
        await gateway.probing.acquire()


async def test_the_gateway_goes_on_after_bad_uploads(
    ada: httpx.AsyncClient, hand_in: Callable[..., Awaitable[dict[str, Any]]]
) -> None:
    for data in (b"", CONCAT, b"\0" * 100_000):
        await send(ada, data)
    assert (await hand_in(ada))["status"] == "PENDING"
