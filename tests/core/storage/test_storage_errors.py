"""Every answer of an S3 server becomes one of ours, whichever server gave it."""

import aiohttp
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from scribe.errors import ScribeError
from scribe.settings import S3Settings
from scribe.storage import (
    ObjectNotFound,
    ObjectStore,
    RangeOutsideObject,
    StorageFull,
    StorageRefused,
    StorageUnavailable,
)
from scribe.storage.errors import storage_errors


@pytest.mark.parametrize(
    ("code", "status", "ours"),
    [
        ("NoSuchKey", 404, ObjectNotFound),
        ("404", 404, ObjectNotFound),
        ("NoSuchBucket", 404, StorageRefused),
        ("InvalidRange", 416, RangeOutsideObject),
        ("XMinioStorageFull", 507, StorageFull),
        ("", 507, StorageFull),
        ("SlowDown", 503, StorageUnavailable),
        ("InternalError", 500, StorageUnavailable),
        ("SignatureDoesNotMatch", 403, StorageRefused),
    ],
)
def test_an_answer_becomes_ours(code: str, status: int, ours: type[ScribeError]) -> None:
    answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}

    with pytest.raises(ours), storage_errors("a/key"):
        raise ClientError(answer, "GetObject")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "error",
    [EndpointConnectionError(endpoint_url="http://s3"), aiohttp.ClientPayloadError(), ConnectionResetError()],
)
def test_a_lost_connection_means_unavailable(error: Exception) -> None:
    with pytest.raises(StorageUnavailable), storage_errors("a/key"):
        raise error


async def test_a_server_that_is_down_is_named_unavailable(unused_tcp_port: int) -> None:
    async with ObjectStore.open(S3Settings(endpoint=f"http://127.0.0.1:{unused_tcp_port}")) as store:
        with pytest.raises(StorageUnavailable):
            await store.get_bytes("a/key")
