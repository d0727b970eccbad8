"""Which workers are alive: a key each in Redis that fades when nobody renews it."""

from redis.asyncio import Redis

from scribe.settings import RedisSettings

PREFIX = "scribe:worker:"
FADES_AFTER_S = 15


class Presence:
    """Says that a process is alive, and lists those that are."""

    def __init__(self, settings: RedisSettings) -> None:
        self._redis: Redis = Redis.from_url(
            settings.url.get_secret_value(), protocol=2, decode_responses=True
        )

    async def renew(self, role: str, name: str) -> None:
        """Say that the process ``name`` in the role ``role`` is alive. Raises RedisError."""
        await self._redis.set(f"{PREFIX}{role}:{name}", "1", ex=FADES_AFTER_S)

    async def leave(self, role: str, name: str) -> None:
        """Say goodbye. Raises RedisError."""
        await self._redis.delete(f"{PREFIX}{role}:{name}")

    async def alive(self, role: str) -> list[str]:
        """Names of the live processes in the role, sorted. Raises RedisError."""
        prefix = f"{PREFIX}{role}:"
        return sorted([key.removeprefix(prefix) async for key in self._redis.scan_iter(f"{prefix}*")])

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
