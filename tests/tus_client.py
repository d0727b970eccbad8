"""A small client of tus, which says exactly what a test wants said, and recordings large enough to be cut."""

import base64
import struct
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import numpy as np

TUS = {"Tus-Resumable": "1.0.0"}
BYTES = {**TUS, "Content-Type": "application/offset+octet-stream"}


def metadata(**fields: str) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in fields.items())


@dataclass
class Tus:
    """Somebody's uploads, by the headers alone."""

    client: httpx.AsyncClient

    async def create(self, length: int | None, headers: dict[str, str] | None = None, **fields: str) -> str:
        """Begin an upload and return its address below the API's."""
        told = {"Upload-Defer-Length": "1"} if length is None else {"Upload-Length": str(length)}
        if fields:
            told["Upload-Metadata"] = metadata(**fields)
        answer = await self.client.post("/uploads", headers={**TUS, **told, **(headers or {})})
        assert answer.status_code == 201, answer.text
        return address_of(answer)

    async def patch(
        self, address: str, offset: int, body: bytes | AsyncIterator[bytes], **headers: str
    ) -> httpx.Response:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.patch(
            address, headers={**BYTES, "Upload-Offset": str(offset), **told}, content=body
        )

    async def head(self, address: str) -> httpx.Response:
        return await self.client.head(address, headers=TUS)

    async def delete(self, address: str) -> httpx.Response:
        return await self.client.delete(address, headers=TUS)

    async def state(self, address: str) -> dict[str, Any]:
        answer = await self.client.get(address)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def hand_in(self, data: bytes, **fields: str) -> dict[str, Any]:
        """Upload it in one go; the upload's state afterwards."""
        address = await self.create(len(data), None, **fields)
        answer = await self.patch(address, 0, data)
        assert answer.status_code == 204, answer.text
        return await self.state(address)


def address_of(answer: httpx.Response) -> str:
    return answer.headers["Location"].removeprefix("/api/v1")


def said(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of a refusal."""
    return answer.status_code, answer.json()["error"]["code"]


def noise(size: int, seed: int = 1) -> bytes:
    """A WAV recording of that many bytes: 48 kHz, 16 bit, stereo; the same for the same seed."""
    head = struct.pack(
        "<4sI4s4sIHHIIHH", b"RIFF", size - 8, b"WAVE", b"fmt ", 16, 1, 2, 48_000, 192_000, 4, 16
    )
    head += struct.pack("<4sI", b"data", size - 44)
    return head + np.random.default_rng(seed).bytes(size - len(head))
