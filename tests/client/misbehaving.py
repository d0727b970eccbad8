"""A server that speaks tus and misbehaves to order, in the test's own process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

MEETING = uuid4()
MADE = {
    "id": str(MEETING),
    "project_id": str(uuid4()),
    "title": "talk",
    "filename": "talk.mp3",
    "size": 5,
    "status": "PENDING",
    "created_at": "2026-11-21T14:00:00Z",
}
Answer = Callable[[httpx.Request], httpx.Response | None]


@dataclass
class Tus:
    """A server in this process; ``mishaps`` come before the answers that it would give, one a request."""

    mishaps: list[Answer] = field(default_factory=list)
    received: bytearray = field(default_factory=bytearray)
    created: int = 0
    seen: list[str] = field(default_factory=list)
    meeting: dict[str, Any] = field(default_factory=lambda: dict(MADE))
    transcript: str = "1\n00:00:00,000 --> 00:00:01,000\nHello.\n"

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request.method)
        if self.mishaps and (mishap := self.mishaps.pop(0)(request)):
            return mishap
        return self._read(request) if request.method == "GET" else self._tus(request)

    def _tus(self, request: httpx.Request) -> httpx.Response:
        if request.method == "POST":
            self.created += 1
            self.received.clear()
            return httpx.Response(201, headers={"Location": f"/api/v1/uploads/{self.created}"})
        if request.method == "PATCH":
            assert request.headers["Upload-Offset"] == str(len(self.received))
            self.received += request.read()
        return httpx.Response(204, headers={"Upload-Offset": str(len(self.received))})

    def _read(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/transcript"):
            return httpx.Response(200, text=self.transcript)
        if "/meetings/" in request.url.path:
            return httpx.Response(200, json=self.meeting)
        return httpx.Response(200, json={"meeting_id": str(MEETING), "duplicates": []})


def refuse(status: int, code: str = "NO") -> Answer:
    error = {"error": {"code": code, "message": "A sentence.", "detail": {}}}
    return lambda _: httpx.Response(status, json=error)


def passes(_: httpx.Request) -> None:
    """No mishap."""
