"""Whom the events are for: one caller, and which projects it sees while that changes."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import aclosing

import structlog

from scribe.db import DATABASE_ERRORS, is_outage
from scribe.queue import AccessChanged, StoredEvent
from scribe_api.access.authentication import still_good
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import visible_project_ids
from scribe_api.events.listener import Listener
from scribe_api.events.schemas import ToldEvent
from scribe_api.gateway import Gateway

_AGAIN_S = 0.5

log = structlog.get_logger(__name__)


class Audience:
    """Filters twice: at the hub, so that other people's events fill nobody's buffer, and when one is told.

    From the event that says that this caller's access changed until the projects have been read again,
    the hub's filter lets everything pass; so an event is always judged by projects read after the
    change, and none of a project that was just joined is lost.
    """

    def __init__(self, gateway: Gateway, principal: Principal) -> None:
        self._gateway = gateway
        self._principal = principal
        self._projects: frozenset[uuid.UUID] | None = frozenset()
        self._unread_changes = 1  # the projects have never been read
        self._reading = asyncio.Lock()

    def wants(self, stored: StoredEvent) -> bool:
        """Whether the event may concern the caller; every change of its access does."""
        if isinstance(stored.event, AccessChanged):
            if self._principal.acts_for not in stored.event.user_ids:
                return False
            self._unread_changes += 1
            return True
        return self._unread_changes > 0 or self._sees(stored.event.project_id)

    async def told(self, listener: Listener) -> AsyncIterator[ToldEvent]:
        """What the caller may know of all that the listener kept. Raises InvalidToken, ApiKeyInvalid."""
        await self._settle()
        async with aclosing(aiter(listener)) as events:  # type: ignore[type-var]
            async for stored in events:
                if isinstance(stored.event, AccessChanged):
                    await self._settle()
                elif self._sees(stored.event.project_id):
                    yield ToldEvent(stored.id, stored.event)

    async def look_again(self) -> bool:
        """Read who the caller is and what it sees. Raises InvalidToken, ApiKeyInvalid.

        Nobody can be signed out while the database is away: False, and all is as it was.
        """
        async with self._reading:
            try:
                async with self._gateway.database.transaction() as session:
                    self._principal = await still_good(session, self._principal)
                    self._projects = await visible_project_ids(session, self._principal)
            except DATABASE_ERRORS as error:
                if not is_outage(error):
                    raise
                log.warning("session_not_checked", reason=str(error))
                return False
        return True

    async def _settle(self) -> None:
        """Read what changed; meanwhile the events wait, whoever they are for."""
        while True:
            if await self.look_again():
                self._unread_changes -= 1
                return
            await asyncio.sleep(_AGAIN_S)

    def _sees(self, project_id: uuid.UUID) -> bool:
        return self._projects is None or project_id in self._projects
