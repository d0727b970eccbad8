"""One WebSocket from its acceptance to its end: events and heartbeats go out, a resumption may come in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from scribe_api.access.principals import Principal
from scribe_api.errors import EventsUnavailable
from scribe_api.events import service
from scribe_api.events.listener import Ending
from scribe_api.events.schemas import Heartbeat, ReadyFrom, Resume, Start, message
from scribe_api.gateway import Gateway

HEARTBEAT_S = 10.0
SEND_S = 30.0
"""How long a client may take no bytes at all before it is left alone."""
LARGEST_MESSAGE: Final = 1024


@dataclass(frozen=True)
class Goodbye:
    """Why the server closes: a code of RFC 6455, of its registry, or (4401) our own, and a sentence."""

    code: int
    reason: str


_BINARY = Goodbye(1003, "only text messages are understood")
_TOO_LARGE = Goodbye(1009, "the message is too large")
_NOT_UNDERSTOOD = Goodbye(1008, 'only {"type": "resume", "after": id} is understood')
_RESUMED_TWICE = Goodbye(1008, "a connection resumes once: open another")
_GOODBYES: Final = {
    Ending.SIGNED_OUT: Goodbye(4401, "the session has ended: sign in again"),
    Ending.TOO_SLOW: Goodbye(1013, "too slow: connect again and resume after the last id"),
    Ending.SOURCE_LOST: Goodbye(1013, "events are away: connect again and resume after the last id"),
}


class Conversation:
    """Tells one client the events, from where it wants, until either side ends it."""

    def __init__(self, websocket: WebSocket, gateway: Gateway, principal: Principal) -> None:
        self._websocket = websocket
        self._gateway = gateway
        self._principal = principal
        self._resumed = False

    async def hold(self, start: Start) -> None:
        """Talk; returns when the connection is closed or lost."""
        place: Start | None = start
        try:
            async with self._heartbeats():
                while place is not None:
                    place = await self._tell(place)
        except (WebSocketDisconnect, TimeoutError):
            return

    async def _tell(self, start: Start) -> Start | None:
        """Tell what comes after the place; returns another place to begin at, None at the end."""
        await self._send(ReadyFrom(id=start.id, missed=start.missed).model_dump_json())
        listening = asyncio.create_task(self._hear())
        following = service.Following(self._gateway, self._principal, start.id)
        try:
            async with aclosing(following.events(lambda: asyncio.wait({listening}))) as events:
                async for told in events:
                    await self._send(message(told))
            heard = await listening if following.ending is Ending.STOPPING else _GOODBYES[following.ending]
        finally:
            listening.cancel()
            await asyncio.wait({listening})
        if heard is None:
            return None
        if isinstance(heard, str):
            try:
                return await service.starting_point(self._gateway.hub, heard)
            except EventsUnavailable:
                heard = _GOODBYES[Ending.SOURCE_LOST]
        await self._close(heard)
        return None

    async def _hear(self) -> str | Goodbye | None:
        """What the client says next: a place to resume after, something wrong, or nothing ever again."""
        received = await self._websocket.receive()
        if received["type"] == "websocket.disconnect":
            return None
        text = received.get("text")
        if text is None:
            return _BINARY
        if len(text) > LARGEST_MESSAGE:
            return _TOO_LARGE
        try:
            resume = Resume.model_validate_json(text)
        except ValidationError:
            return _NOT_UNDERSTOOD
        if self._resumed:
            return _RESUMED_TWICE
        self._resumed = True
        return resume.after

    @asynccontextmanager
    async def _heartbeats(self) -> AsyncIterator[None]:
        beating = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            beating.cancel()
            await asyncio.wait({beating})

    async def _beat(self) -> None:
        """Until the connection is lost, which whoever sends or hears next notices too."""
        try:
            while True:
                await asyncio.sleep(HEARTBEAT_S)
                await self._send(Heartbeat().model_dump_json())
        except (WebSocketDisconnect, TimeoutError):
            return

    async def _send(self, text: str) -> None:
        async with asyncio.timeout(SEND_S):
            await self._websocket.send_text(text)

    async def _close(self, goodbye: Goodbye) -> None:
        async with asyncio.timeout(SEND_S):
            await self._websocket.close(goodbye.code, goodbye.reason)
