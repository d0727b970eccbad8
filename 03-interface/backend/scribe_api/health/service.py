"""Ask every server that the gateway stands on whether it answers."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from redis.exceptions import RedisError
from sqlalchemy import text

from scribe.db import DATABASE_ERRORS
from scribe.errors import ScribeError
from scribe.storage import ObjectStore, StorageRefused
from scribe_api.gateway import Gateway
from scribe_api.health.schemas import Dependency, Readiness

PATIENCE_S = 3.0
ROLES = ("gpu", "scheduler")
PROBED_PREFIX = "health/"
_FAILURES = (*DATABASE_ERRORS, RedisError, ScribeError, OSError)

log = structlog.get_logger(__name__)


async def readiness(gateway: Gateway) -> Readiness:
    """Whether all servers answer, and how many workers there are."""
    found = await dependencies(gateway)
    return Readiness(
        status="ready" if all(state.up for state in found.values()) else "not_ready",
        dependencies=found,
        workers=await _workers(gateway) if found["redis"].up else {},
    )


async def dependencies(gateway: Gateway) -> dict[str, Dependency]:
    """The state of every server by name, asked at once; none may take longer than a few seconds."""
    checks: dict[str, Callable[[], Awaitable[object]]] = {
        "postgres": lambda: _ask_database(gateway),
        "redis": gateway.events.newest,
        "s3": lambda: _ask_store(gateway.store),
    }
    states = await asyncio.gather(*(_state(check) for check in checks.values()))
    return dict(zip(checks, states, strict=True))


async def _state(check: Callable[[], Awaitable[object]]) -> Dependency:
    try:
        async with asyncio.timeout(PATIENCE_S):
            await check()
    except _FAILURES as error:
        return Dependency(up=False, problem=type(error).__name__)
    return Dependency(up=True)


async def _ask_database(gateway: Gateway) -> None:
    async with gateway.database.transaction() as session:
        await session.execute(text("SELECT 1"))


async def _ask_store(store: ObjectStore) -> None:
    """A list asks for the bucket itself, which a look at one object does not; a lost one is made anew."""
    try:
        async for _ in store.list(PROBED_PREFIX):
            return
    except StorageRefused:
        log.exception("bucket_refused")
        await store.ensure_bucket()


async def _workers(gateway: Gateway) -> dict[str, int]:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return {role: len(await gateway.presence.alive(role)) for role in ROLES}
    except (RedisError, OSError):
        return {}
