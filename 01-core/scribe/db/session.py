"""One transaction a request or a task; what is announced waits for its commit."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from scribe.settings import DatabaseSettings

_OUTGOING = "outgoing"


class Outgoing(Protocol):
    """Something to tell the rest of the system once the transaction is committed: a bell, an event."""

    @property
    def topic(self) -> str:
        """What the log calls it."""
        ...


class Announcer(Protocol):
    """Who sends what was collected; it must not raise when the receiver is down."""

    async def announce(self, messages: Sequence[Outgoing]) -> None:
        """Send the messages in their order."""
        ...


def announce_after_commit(session: AsyncSession, message: Outgoing) -> None:
    """Collect a message; it is sent after the commit and dropped on rollback."""
    session.info.setdefault(_OUTGOING, []).append(message)


class Database:
    """The engine and its transactions."""

    def __init__(self, settings: DatabaseSettings, announcer: Announcer | None = None) -> None:
        self.engine = create_async_engine(
            settings.url.get_secret_value(),
            pool_size=settings.pool_size,
            max_overflow=settings.max_overflow,
            pool_pre_ping=True,
            connect_args={"timeout": 10},
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._announcer = announcer
        self._announcing: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Commit at the end, roll back on any error, then announce what was collected."""
        async with self._sessions() as session:
            async with session.begin():
                yield session
            messages: list[Outgoing] = session.info.pop(_OUTGOING, [])
        if messages and self._announcer is not None:
            await self._finish(asyncio.create_task(self._announcer.announce(messages)))

    async def _finish(self, announcement: asyncio.Task[None]) -> None:
        """What is committed is announced even when the one who committed is cancelled meanwhile."""
        self._announcing.add(announcement)
        announcement.add_done_callback(self._announcing.discard)
        await asyncio.shield(announcement)

    async def close(self) -> None:
        """Finish what is being announced and close every connection of the pool."""
        await asyncio.gather(*self._announcing)
        await self.engine.dispose()
