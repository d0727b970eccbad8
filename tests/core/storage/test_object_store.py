"""The bucket as the product uses it, on a real S3 server."""

import asyncio
import urllib.request
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from scribe.settings import Settings
from scribe.storage import ObjectNotFound, ObjectStore, RangeOutsideObject, StorageRefused
from scribe.storage.client import MOST_CONNECTIONS, open_client
from scribe.storage.multipart import MultipartUpload

pytestmark = pytest.mark.integration

WAV = "audio/wav"
MIB = 1 << 20
BLOCK = bytes(range(256)) * 1024
ANY_AGE = timedelta(hours=-1)  # servers round times up


async def blocks(mib: int) -> AsyncIterator[bytes]:
    for _ in range(mib * MIB // len(BLOCK)):
        yield BLOCK


async def keys_below(store: ObjectStore, prefix: str) -> list[str]:
    return [head.key async for head in store.list(prefix)]


@pytest.mark.parametrize("mib", [0, 1, 8, 17], ids=["empty", "one request", "exactly a part", "three parts"])
async def test_a_stream_is_stored_as_it_came(store: ObjectStore, mib: int) -> None:
    stored = await store.put_stream("a/x", blocks(mib), content_type=WAV)

    head = await store.head("a/x")
    assert head is not None
    assert (head.size, head.content_type, head.etag) == (mib * MIB, WAV, stored.etag)
    assert stored.size == mib * MIB
    assert await store.get_bytes("a/x") == BLOCK * (mib * MIB // len(BLOCK))


async def test_a_stream_that_fails_leaves_nothing(store: ObjectStore) -> None:
    async def failing() -> AsyncIterator[bytes]:
        async for block in blocks(20):
            yield block
        raise KeyError("the client went away")

    with pytest.raises(KeyError):
        await store.put_stream("a/x", failing(), content_type=WAV)

    assert await keys_below(store, "a/") == []
    assert await store.sweep_stale_uploads(ANY_AGE) == 0


@pytest.mark.parametrize("mib", [1, 9, 30])
async def test_a_cancelled_upload_leaves_nothing(store: ObjectStore, mib: int) -> None:
    arrived = asyncio.Event()

    async def endless() -> AsyncIterator[bytes]:
        async for block in blocks(mib):
            yield block
        arrived.set()
        await asyncio.Event().wait()

    upload = asyncio.create_task(store.put_stream("a/x", endless(), content_type=WAV))
    await arrived.wait()
    upload.cancel()

    with pytest.raises(asyncio.CancelledError):
        await upload
    assert await keys_below(store, "a/") == []
    assert await store.sweep_stale_uploads(ANY_AGE) == 0


@pytest.mark.parametrize("mib", [1, 9])
async def test_a_cancellation_while_the_last_request_is_answered_leaves_nothing(
    store: ObjectStore, mib: int
) -> None:
    ended = asyncio.Event()

    async def whole() -> AsyncIterator[bytes]:
        async for block in blocks(mib):
            yield block
        ended.set()

    upload = asyncio.create_task(store.put_stream("a/x", whole(), content_type=WAV))
    await ended.wait()
    upload.cancel()

    with pytest.raises(asyncio.CancelledError):
        await upload
    assert await keys_below(store, "a/") == []
    assert await store.sweep_stale_uploads(ANY_AGE) == 0


async def test_an_open_upload_is_swept_only_when_it_is_old(store: ObjectStore, settings: Settings) -> None:
    async with open_upload(store, settings):
        assert await store.sweep_stale_uploads(timedelta(hours=1)) == 0
        assert await store.sweep_stale_uploads(ANY_AGE) == 1
        assert await store.sweep_stale_uploads(ANY_AGE) == 0


@asynccontextmanager
async def open_upload(store: ObjectStore, settings: Settings) -> AsyncIterator[None]:
    """An upload whose process died before it could abort it."""
    async with open_client(settings.s3, settings.s3.endpoint) as client:
        await MultipartUpload(client, store.bucket, "a/x", content_type=WAV, new=True).create()
        yield


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 10, BLOCK[:10]), (5, 9, BLOCK[5:9]), (MIB - 3, MIB + 50, BLOCK[-3:]), (7, 7, b""), (9, 3, b"")],
)
async def test_a_range_is_read(store: ObjectStore, start: int, end: int, expected: bytes) -> None:
    await store.put_bytes("a/x", BLOCK * 4, content_type=WAV)

    assert await store.read_range("a/x", start, end) == expected


async def test_a_range_without_an_end_reads_to_the_end(store: ObjectStore) -> None:
    await store.put_bytes("a/x", b"0123456789", content_type=WAV)

    assert b"".join([chunk async for chunk in store.iter_range("a/x", 6)]) == b"6789"


async def test_a_range_after_the_end_is_refused(store: ObjectStore) -> None:
    await store.put_bytes("a/x", b"0123456789", content_type=WAV)

    with pytest.raises(RangeOutsideObject):
        await store.read_range("a/x", 10, 20)


async def test_a_reader_that_stops_early_does_not_hold_its_connection(store: ObjectStore) -> None:
    await store.put_stream("a/x", blocks(4), content_type=WAV)

    for _ in range(MOST_CONNECTIONS + 1):
        async with aclosing(store.iter_range("a/x")) as chunks:
            await anext(chunks)

    assert await store.exists("a/x")


async def test_what_does_not_exist_is_said_to_be_missing(store: ObjectStore, tmp_path: Path) -> None:
    assert await store.head("a/x") is None
    assert not await store.exists("a/x")
    await store.delete("a/x")
    with pytest.raises(ObjectNotFound, match="a/x"):
        await store.get_bytes("a/x")
    with pytest.raises(ObjectNotFound):
        await store.download("a/x", tmp_path / "x")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("x")] == []


async def test_a_file_makes_the_round_trip(store: ObjectStore, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(BLOCK * 50)

    await store.put_file("a/x", tmp_path / "in", content_type=WAV)
    await store.download("a/x", tmp_path / "out")

    assert (tmp_path / "out").read_bytes() == BLOCK * 50


async def test_a_prefix_is_deleted_and_its_neighbours_are_not(store: ObjectStore) -> None:
    await store.put_stream("a/large", blocks(9), content_type=WAV)
    await store.put_bytes("a/été 🎙 & <1>.txt", b"x", content_type="text/plain")
    await store.put_bytes("ab", b"x", content_type="text/plain")

    assert await store.delete_prefix("a/") == 2
    assert await keys_below(store, "") == ["ab"]
    assert await store.delete_prefix("a/") == 0
    with pytest.raises(ValueError, match="empty prefix"):
        await store.delete_prefix("/")


async def test_a_signed_address_serves_the_object_under_the_wanted_name(store: ObjectStore) -> None:
    await store.put_bytes("a/x", b"content", content_type=WAV)

    url = await store.presign_get("a/x", expires_s=60, filename='été "1"\r\n.wav')

    disposition, body = await asyncio.to_thread(fetch, url)
    assert body == b"content"
    assert disposition == "attachment; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22%0D%0A.wav"


def fetch(url: str) -> tuple[str | None, bytes]:
    with urllib.request.urlopen(url) as answer:  # noqa: S310
        return answer.headers["Content-Disposition"], answer.read()


async def test_an_address_is_signed_for_the_public_endpoint(settings: Settings) -> None:
    public = settings.s3.model_copy(update={"public_endpoint": "https://files.example.org"})

    async with ObjectStore.open(public) as store:
        url = await store.presign_get("a/x", expires_s=60)

    assert url.startswith(f"https://files.example.org/{public.bucket}/a/x?")


async def test_the_bucket_may_exist_already(store: ObjectStore) -> None:
    await asyncio.gather(store.ensure_bucket(), store.ensure_bucket())


async def test_wrong_keys_are_refused_in_a_sentence(settings: Settings) -> None:
    wrong = settings.s3.model_copy(update={"secret_key": SecretStr("wrong")})

    async with ObjectStore.open(wrong) as store:
        with pytest.raises(StorageRefused, match="SCRIBE_S3__"):
            await store.put_bytes("a/x", b"x", content_type=WAV)


async def test_a_cancelled_put_onto_an_existing_key_leaves_the_object_there(
    store: ObjectStore, tmp_path: Path
) -> None:
    file = tmp_path / "audio.flac"
    file.write_bytes(b"new" * 1024)
    await store.put_bytes("a/audio.flac", b"old", content_type=WAV)
    put = asyncio.create_task(store.put_file("a/audio.flac", file, content_type=WAV))
    await asyncio.sleep(0)
    put.cancel()
    with pytest.raises(asyncio.CancelledError):
        await put
    assert await store.exists("a/audio.flac")
