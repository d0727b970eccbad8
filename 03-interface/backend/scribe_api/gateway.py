"""What a running gateway holds open: one object in the application's state."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import structlog

from scribe.db import Database
from scribe.queue import EventFeed, RedisAnnouncer
from scribe.queue.presence import Presence
from scribe.settings import Settings
from scribe.storage import ObjectStore, StorageRefused, StorageUnavailable
from scribe_api.events.hub import EventHub
from scribe_api.security import AccessTokens
from scribe_api.uploads.tus.digests import Digests

PROBES_AT_ONCE = 4

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Gateway:
    """Settings, the servers and the token signer of this process."""

    settings: Settings
    database: Database
    store: ObjectStore
    events: EventFeed
    hub: EventHub
    presence: Presence
    tokens: AccessTokens
    probing: asyncio.Semaphore
    """Held while a recording is probed: each probe is a process of its own."""
    digests: Digests = field(default_factory=Digests)
    """Of uploads between their requests."""

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings) -> AsyncIterator["Gateway"]:
        """Connect lazily, so that the gateway starts, and says what is wrong, while a server is away."""
        async with AsyncExitStack() as stack:
            announcer = RedisAnnouncer(settings.redis)
            stack.push_async_callback(announcer.close)
            database = Database(settings.database, announcer)
            stack.push_async_callback(database.close)
            presence = Presence(settings.redis)
            stack.push_async_callback(presence.close)
            hub = await stack.enter_async_context(EventHub.open(announcer.events, settings.redis))
            store = await stack.enter_async_context(ObjectStore.open(settings.s3))
            try:
                await store.ensure_bucket()
            except (StorageUnavailable, StorageRefused) as error:
                log.warning("bucket_not_ensured", reason=str(error))
            yield cls(
                settings,
                database,
                store,
                announcer.events,
                hub,
                presence,
                AccessTokens(settings.auth),
                asyncio.Semaphore(PROBES_AT_ONCE),
            )
