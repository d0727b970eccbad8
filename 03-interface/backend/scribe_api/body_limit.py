"""Requests that carry no recording are small: what is not, is refused before it fills the memory."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scribe_api.errors import BodyTooLarge
from scribe_api.rendering import render

LARGEST_BODY = 256 * 1024


@dataclass(frozen=True)
class Room:
    """How large the bodies of one kind of request may be; None: its endpoint reads it as a stream."""

    methods: frozenset[str]
    path: re.Pattern[str]
    limit: int | None

    @classmethod
    def streamed(cls, method: str, pattern: str) -> "Room":
        """For recordings: as much as the endpoint takes."""
        return cls(frozenset({method}), re.compile(pattern), None)

    def fits(self, scope: Scope) -> bool:
        """Whether the request is of this kind."""
        return scope["method"] in self.methods and self.path.fullmatch(scope["path"]) is not None


class BodyLimit:
    """Limits every body to what its room says, and where there is none, to what a form needs."""

    def __init__(self, app: ASGIApp, *, rooms: Sequence[Room], limit: int = LARGEST_BODY) -> None:
        self._app = app
        self._rooms = tuple(rooms)
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        limit = self._limit_of(scope) if scope["type"] == "http" else None
        if limit is None:
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            await render(BodyTooLarge())(scope, receive, send)
            return
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(BodyTooLarge.status)  # the one kind that FastAPI lets pass
            return message

        await self._app(scope, receive_limited, send)

    def _limit_of(self, scope: Scope) -> int | None:
        return next((room.limit for room in self._rooms if room.fits(scope)), self._limit)
