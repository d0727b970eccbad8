"""The events that one person may see, for as long as that person may."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import anyio
import structlog
from redis.exceptions import RedisError

from scribe.db import DATABASE_ERRORS, is_outage
from scribe.queue import StoredEvent
from scribe_api.access.authentication import still_good
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import visible_project_ids
from scribe_api.errors import ApiKeyInvalid, EventsUnavailable, InvalidToken
from scribe_api.events.hub import EventHub
from scribe_api.events.listener import Listener
from scribe_api.gateway import Gateway

REAUTHENTICATE_S = 30.0
"""How long a stream may outlive the session that opened it."""

log = structlog.get_logger(__name__)


async def starting_point(hub: EventHub, last_seen: str | None) -> str:
    """The id after which to begin: what the client saw last, or now. Raises EventsUnavailable."""
    try:
        await hub.start()
        return last_seen or await hub.newest()
    except (RedisError, OSError) as error:
        raise EventsUnavailable from error


async def visible_events(
    gateway: Gateway, principal: Principal, after: str, stopping: anyio.Event
) -> AsyncGenerator[StoredEvent, None]:
    """Events about the meetings of the caller's projects; about all, for administrators.

    They end, so that the client comes back and is asked again who it is, when its session ends or its
    projects change; and when Redis goes away or this process is told to stop.
    """
    async with gateway.database.transaction() as session:
        projects = await visible_project_ids(session, principal)

    def visible(stored: StoredEvent) -> bool:
        return projects is None or stored.event.project_id in projects

    try:
        async with (
            gateway.hub.listening(after, visible) as listener,
            _ended_by(listener, stopping.wait(), _no_longer_allowed(gateway, principal, projects)),
        ):
            async for stored in listener:
                yield stored
    except (RedisError, OSError) as error:
        log.warning("events_cut_short", reason=str(error))


@asynccontextmanager
async def _ended_by(listener: Listener, *occasions: Coroutine[Any, Any, object]) -> AsyncIterator[None]:
    """End the listener on the first of the occasions; an occasion that fails does so too, and is raised."""
    tasks = [asyncio.create_task(occasion) for occasion in occasions]
    for task in tasks:
        task.add_done_callback(lambda _: listener.end())
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


async def _no_longer_allowed(
    gateway: Gateway, principal: Principal, projects: frozenset[uuid.UUID] | None
) -> None:
    """Return once the session has ended or the projects are others.

    Nobody can be signed out while the database is away, so an outage ends nothing.
    """
    while True:
        await asyncio.sleep(REAUTHENTICATE_S)
        try:
            async with gateway.database.transaction() as session:
                current = await visible_project_ids(session, await still_good(session, principal))
        except (InvalidToken, ApiKeyInvalid):
            return
        except DATABASE_ERRORS as error:
            if not is_outage(error):
                raise
            log.warning("session_not_checked", reason=str(error))
            continue
        if current != projects:
            return
