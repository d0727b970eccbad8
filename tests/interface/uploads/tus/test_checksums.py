"""Bytes that come with a checksum count when it is right, and not at all when it is wrong."""

import base64
import hashlib
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from scribe.settings import Settings
from scribe.storage import ObjectStore
from scribe.storage.client import open_client
from tus_client import Tus, said

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]


def checksum(data: bytes, algorithm: str = "sha1") -> str:
    hashed = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    return f"{algorithm} {base64.b64encode(hashed).decode()}"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
async def test_a_right_checksum_is_taken(tus: Tus, wav: bytes, algorithm: str) -> None:
    address = await tus.create(len(wav))
    answer = await tus.patch(address, 0, wav, Upload_Checksum=checksum(wav, algorithm))
    assert answer.headers["Upload-Meeting"]


async def test_of_a_request_with_a_wrong_checksum_nothing_counts(
    tus: Tus, large: bytes, store: ObjectStore
) -> None:
    address = await tus.create(len(large), filename="a.wav")
    await tus.patch(address, 0, large[:300])
    spoilt = large[300:-1] + bytes([large[-1] ^ 1])
    answer = await tus.patch(address, 300, spoilt, Upload_Checksum=checksum(large[300:]))
    assert said(answer) == (460, "UPLOAD_CHECKSUM_MISMATCH")
    assert (await tus.head(address)).headers["Upload-Offset"] == "300"
    answer = await tus.patch(address, 300, large[300:], Upload_Checksum=checksum(large[300:]))
    key = f"meetings/{answer.headers['Upload-Meeting']}/source/a.wav"
    assert await store.get_bytes(key) == large


async def test_a_wrong_checksum_again_and_again_leaves_one_place_for_parts(
    tus: Tus, large: bytes, store: ObjectStore, settings: Settings
) -> None:
    address = await tus.create(len(large))
    for _ in range(3):
        answer = await tus.patch(address, 0, large, Upload_Checksum=checksum(b"others"))
        assert said(answer) == (460, "UPLOAD_CHECKSUM_MISMATCH")
    async with open_client(settings.s3, settings.s3.endpoint) as client:
        listed = await client.list_multipart_uploads(Bucket=store.bucket)
    assert len(listed["Uploads"]) == 1
    answer = await tus.patch(address, 0, large, Upload_Checksum=checksum(large))
    assert answer.headers["Upload-Meeting"]


async def test_an_upload_of_unknown_length_is_refused_before_its_last_byte(
    app: FastAPI, tus: Tus, large: bytes
) -> None:
    app.state.gateway.settings.api.max_upload_mib = 5
    address = await tus.create(None)
    sent: list[int] = []

    async def much() -> AsyncIterator[bytes]:
        for _ in range(5):
            for start in range(0, len(large), 1 << 20):
                sent.append(start)
                yield large[start : start + (1 << 20)]

    answer = await tus.patch(address, 0, much(), Upload_Checksum=checksum(b"not asked for"))
    assert said(answer) == (413, "UPLOAD_TOO_LARGE")
    assert len(sent) < 2 * len(large) >> 20


@pytest.mark.parametrize("header", ["crc32 AAAA", "sha1", "sha1 not base64!", "AAAA"])
async def test_a_checksum_that_cannot_be_verified_is_refused(tus: Tus, wav: bytes, header: str) -> None:
    address = await tus.create(len(wav))
    assert said(await tus.patch(address, 0, wav, Upload_Checksum=header)) == (400, "UPLOAD_CHECKSUM_UNKNOWN")
