"""Requests that carry no recording are small: what is not, is refused before it fills the memory."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scribe_api.errors import BodyTooLarge
from scribe_api.rendering import render

LARGEST_BODY = 256 * 1024


class BodyLimit:
    """Limits every body but those sent to one path, whose endpoint reads its body as a stream."""

    def __init__(self, app: ASGIApp, *, streamed_path: str, limit: int = LARGEST_BODY) -> None:
        self._app = app
        self._streamed = ("POST", streamed_path)
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or (scope["method"], scope["path"]) == self._streamed:
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > self._limit:
            await render(BodyTooLarge())(scope, receive, send)
            return
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise HTTPException(BodyTooLarge.status)  # the one kind that FastAPI lets pass
            return message

        await self._app(scope, receive_limited, send)
