"""The events that one caller may see, for as long as it may."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog
from redis.exceptions import RedisError

from scribe_api.access.principals import Principal
from scribe_api.errors import ApiKeyInvalid, EventsUnavailable, InvalidToken
from scribe_api.events.audience import Audience
from scribe_api.events.hub import EventHub
from scribe_api.events.listener import Ending, Listener
from scribe_api.events.schemas import Start, ToldEvent
from scribe_api.gateway import Gateway

REAUTHENTICATE_S = 30.0
"""How long a stream may outlive the session that opened it, should nobody announce its end."""

Occasion = Callable[[], Coroutine[Any, Any, object]]
"""What to wait for: it has happened when the coroutine returns."""

log = structlog.get_logger(__name__)


async def starting_point(hub: EventHub, last_seen: str | None) -> Start:
    """Where to begin: after what the client saw last, or now. Raises EventsUnavailable."""
    try:
        await hub.start()
        if last_seen is None:
            return Start(await hub.newest())
        return Start(last_seen, missed=not await hub.reaches_back_to(last_seen))
    except (RedisError, OSError) as error:
        raise EventsUnavailable from error


class Following:
    """The events about the meetings of the caller's projects; about all, for administrators.

    They end, and ``ending`` then says why, when the caller's session does, when it reads too slowly, when
    Redis goes away, and when ``stopping`` returns.
    """

    def __init__(self, gateway: Gateway, principal: Principal, after: str) -> None:
        self._hub = gateway.hub
        self._audience = Audience(gateway, principal)
        self._after = after
        self.ending = Ending.STOPPING

    async def events(self, stopping: Occasion) -> AsyncGenerator[ToldEvent, None]:
        """Every event once, in order, for ever."""
        try:
            async with (
                self._hub.listening(self._after, self._audience.wants) as listener,
                _ended_by(listener, {Ending.STOPPING: stopping, Ending.SIGNED_OUT: self._no_longer_allowed}),
            ):
                async for told in self._audience.told(listener):
                    yield told
                self.ending = listener.ending or self.ending
        except (InvalidToken, ApiKeyInvalid):
            self.ending = Ending.SIGNED_OUT
        except (RedisError, OSError) as error:
            self.ending = Ending.SOURCE_LOST
            log.warning("events_cut_short", reason=str(error))

    async def _no_longer_allowed(self) -> None:
        """Return once the session has ended."""
        while True:
            await asyncio.sleep(REAUTHENTICATE_S)
            try:
                await self._audience.look_again()
            except (InvalidToken, ApiKeyInvalid):
                return


@asynccontextmanager
async def _ended_by(listener: Listener, occasions: dict[Ending, Occasion]) -> AsyncIterator[None]:
    """End the listener on the first of the occasions; an occasion that fails does so too, and is raised."""
    tasks = [_ending(listener, ending, occasion) for ending, occasion in occasions.items()]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


def _ending(listener: Listener, ending: Ending, occasion: Occasion) -> asyncio.Task[object]:
    task = asyncio.create_task(occasion())
    task.add_done_callback(lambda _: listener.end(ending))
    return task
