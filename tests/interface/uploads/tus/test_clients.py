"""Clients that others wrote, against a real server."""

import asyncio
import io
import os
from pathlib import Path

import httpx
import pytest
from tusclient import client as tuspy

import tus_js
from scribe.storage import ObjectStore

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]


async def source_of(client: httpx.AsyncClient, store: ObjectStore) -> bytes:
    """The recording of the only meeting."""
    (meeting,) = (await client.get("/meetings")).json()["items"]
    return await store.get_bytes(f"meetings/{meeting['id']}/source/{meeting['filename']}")


@pytest.mark.parametrize("checked", [True, False], ids=["with checksums", "without"])
async def test_tuspy_uploads_in_chunks(
    online: httpx.AsyncClient, address: str, store: ObjectStore, large: bytes, checked: bool
) -> None:
    def upload() -> None:
        tus = tuspy.TusClient(
            f"{address}/uploads", headers={"Authorization": online.headers["Authorization"]}
        )
        uploader = tus.uploader(
            file_stream=io.BytesIO(large),
            chunk_size=3_000_000,
            metadata={"filename": "a.wav"},
            upload_checksum=checked,
        )
        uploader.upload()

    await asyncio.to_thread(upload)
    assert await source_of(online, store) == large


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="as it comes"),
        pytest.param({"chunkSize": 5_000_000}, id="in chunks"),
        pytest.param({"uploadDataDuringCreation": True, "chunkSize": 5_000_000}, id="from the creation on"),
        pytest.param({"uploadLengthDeferred": True, "chunkSize": 5_000_000}, id="of unknown length"),
        pytest.param({"parallelUploads": 2}, id="in parallel"),
        pytest.param({"overridePatchMethod": True}, id="without PATCH"),
    ],
)
async def test_tus_js_client_uploads(
    online: httpx.AsyncClient,
    address: str,
    store: ObjectStore,
    large: bytes,
    tmp_path: Path,
    options: dict[str, object],
) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(large)
    headers = {"Authorization": online.headers["Authorization"]}
    shared = Path(os.environ["SCRIBE_TEST_FOLDER"])
    outcome = await asyncio.to_thread(
        tus_js.upload, shared, file, f"{address}/uploads", headers, {"filename": "a.wav"}, **options
    )
    assert outcome.meeting is not None
    assert await source_of(online, store) == large
