"""How long a request may take: silence in its midst, and time until its answer begins."""

import asyncio
from collections.abc import Callable

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scribe_api.defence.errors import BodyStalled, TookTooLong
from scribe_api.rendering import render


class Patience:
    """Ends a request whose body stalls, and one, if it is no upload, that finds no answer in time.

    An answer that has begun may take as long as it needs: recordings and event streams do.
    """

    def __init__(
        self, app: ASGIApp, *, answer_s: float, stall_s: float, is_upload: Callable[[Scope], bool]
    ) -> None:
        self._app = app
        self._answer_s = answer_s
        self._stall_s = stall_s
        self._is_upload = is_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        incomplete, answering = True, False

        async def receive_in_time() -> Message:
            nonlocal incomplete
            if not incomplete:
                return await receive()
            try:
                async with asyncio.timeout(self._stall_s):
                    message = await receive()
            except TimeoutError as error:
                raise HTTPException(BodyStalled.status) from error  # the one kind that FastAPI lets pass
            incomplete = message.get("more_body", False)
            return message

        async def send_watched(message: Message) -> None:
            nonlocal answering
            if not answering and not deadline.expired():
                deadline.reschedule(None)
            answering = True
            await send(message)

        limit_s = None if self._is_upload(scope) else self._answer_s
        try:
            async with asyncio.timeout(limit_s) as deadline:
                await self._app(scope, receive_in_time, send_watched)
        except TimeoutError:
            if answering or not deadline.expired():
                raise
            await render(TookTooLong())(scope, receive, send)
