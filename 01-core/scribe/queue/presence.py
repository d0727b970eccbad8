"""Which workers are alive: a key each in Redis that fades when nobody renews it."""

from redis.asyncio import Redis

from scribe.settings import RedisSettings

PREFIX = "scribe:worker:"
FADES_AFTER_S = 15
NO_CARD = "1"


class Presence:
    """Says that a process is alive, and lists those that are."""

    def __init__(self, settings: RedisSettings) -> None:
        self._redis: Redis = Redis.from_url(
            settings.url.get_secret_value(), protocol=2, decode_responses=True
        )

    async def renew(self, role: str, name: str, card: str = NO_CARD) -> None:
        """Say that the process ``name`` in the role ``role`` is alive, and what it can do. Raises RedisError.

        card: a ``scribe.models.card.WorkerCard`` as JSON, from a role that has one
        """
        await self._redis.set(f"{PREFIX}{role}:{name}", card, ex=FADES_AFTER_S)

    async def leave(self, role: str, name: str) -> None:
        """Say goodbye. Raises RedisError."""
        await self._redis.delete(f"{PREFIX}{role}:{name}")

    async def alive(self, role: str) -> list[str]:
        """Names of the live processes in the role, sorted. Raises RedisError."""
        prefix = f"{PREFIX}{role}:"
        return sorted([key.removeprefix(prefix) async for key in self._redis.scan_iter(f"{prefix}*")])

    async def cards(self, role: str) -> dict[str, str]:
        """What the live processes in the role say of themselves, by name. Raises RedisError."""
        names = await self.alive(role)
        cards = await self._redis.mget([f"{PREFIX}{role}:{name}" for name in names]) if names else []
        return {name: str(card) for name, card in zip(names, cards, strict=True) if card is not None}

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.aclose()
