"""Ask every server that the gateway stands on whether it answers."""

import asyncio
from collections.abc import Awaitable, Callable

from asyncpg import PostgresError
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from scribe.errors import ScribeError
from scribe_api.gateway import Gateway
from scribe_api.health.schemas import Dependency, Readiness

PATIENCE_S = 3.0
ROLES = ("gpu", "scheduler")
_FAILURES = (SQLAlchemyError, PostgresError, RedisError, ScribeError, OSError)


async def readiness(gateway: Gateway) -> Readiness:
    """The state of all servers, asked at once; none may take longer than a few seconds."""
    checks: dict[str, Callable[[], Awaitable[object]]] = {
        "postgres": lambda: _ask_database(gateway),
        "redis": gateway.events.newest,
        "s3": lambda: gateway.store.exists("health"),
    }
    states = await asyncio.gather(*(_state(check) for check in checks.values()))
    dependencies = dict(zip(checks, states, strict=True))
    return Readiness(
        status="ready" if all(state.up for state in states) else "not_ready",
        dependencies=dependencies,
        workers=await _workers(gateway) if dependencies["redis"].up else {},
    )


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


async def _workers(gateway: Gateway) -> dict[str, int]:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return {role: len(await gateway.presence.alive(role)) for role in ROLES}
    except (RedisError, OSError):
        return {}
