"""One model in memory at a time: who needs another one waits until the last one's process is gone."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Final, Self

import structlog
from prometheus_client import Counter, Gauge, Histogram

from scribe.settings import EngineSettings
from scribe_worker.engines.base import Kind
from scribe_worker.engines.errors import EngineCrashed
from scribe_worker.engines.host import EngineProcess
from scribe_worker.engines.turnstile import Group, Turnstile

log = structlog.get_logger()

LOADS: Final = Counter("scribe_engine_loads", "Models loaded", ["kind", "engine"])
SWAPS: Final = Counter("scribe_engine_swaps", "Models unloaded to make room for another one")
LOAD_SECONDS: Final = Histogram(
    "scribe_engine_load_seconds",
    "Time to start an engine's process and load its model",
    ["kind", "engine"],
    buckets=(0.25, 0.5, 1, 2, 5, 10, 20, 40, 80, 160),
)
WAIT_SECONDS: Final = Histogram(
    "scribe_engine_wait_seconds",
    "Time that a stage waited for its turn at an engine",
    ["kind"],
    buckets=(0.1, 1, 5, 15, 60, 180, 600, 1800, 3600),
)
RESIDENT: Final = Gauge("scribe_engine_resident", "Whether a model is loaded (0 or 1)")


class Residency:
    """Hands out engines, each to one user at a time, keeping the last one loaded until another is needed.

    The process of one engine has been reaped before the next one's starts, so two models are never in
    memory together. An engine whose process has ended is started again for its next user.
    """

    def __init__(self, settings: EngineSettings) -> None:
        self._settings = settings
        self._turnstile = Turnstile(settings.max_wait_s, time.monotonic)
        self._resident: EngineProcess | None = None
        self._unloading: asyncio.Task[None] | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @asynccontextmanager
    async def use(self, kind: Kind, name: str) -> AsyncIterator[EngineProcess]:
        """The engine ``name``, loaded, for this user alone until the block ends.

        name: as ``registry.resolve`` gives it. Raises what ``EngineProcess.load`` raises.
        """
        group = Group(kind, name)
        asked = time.monotonic()
        await self._turnstile.enter(group)
        WAIT_SECONDS.labels(kind).observe(time.monotonic() - asked)
        try:
            yield await self._loaded(group)
        finally:
            self._turnstile.leave()
            self._unload_when_idle()

    async def close(self) -> None:
        """End the resident engine, whoever uses it; nobody gets one from here on."""
        self._closed = True
        if self._unloading is not None:
            self._unloading.cancel()
            with suppress(asyncio.CancelledError):
                await self._unloading
        await self._unload()

    async def _loaded(self, group: Group) -> EngineProcess:
        if self._closed:
            raise EngineCrashed(engine=group.name, cause="the worker is stopping", stderr="")
        resident = self._resident
        if resident is not None:
            same = (resident.kind, resident.name) == (group.kind, group.name)
            if same and resident.alive:
                return resident
            if not same:
                SWAPS.inc()
            await self._unload()
        began = time.monotonic()
        engine = await EngineProcess.start(group.kind, group.name, self._settings)
        self._resident = engine
        RESIDENT.set(1)
        await engine.load()
        took = time.monotonic() - began
        LOADS.labels(group.kind, group.name).inc()
        LOAD_SECONDS.labels(group.kind, group.name).observe(took)
        log.info("engine_loaded", kind=group.kind, engine=group.name, pid=engine.pid, seconds=round(took, 3))
        return engine

    async def _unload(self) -> None:
        """Reap the resident process; when cancelled meanwhile, it stays resident, to be waited for again."""
        engine = self._resident
        if engine is None:
            return
        await engine.close()
        self._resident = None
        RESIDENT.set(0)
        log.info("engine_unloaded", kind=engine.kind, engine=engine.name, pid=engine.pid)

    def _unload_when_idle(self) -> None:
        if self._unloading is not None:
            self._unloading.cancel()
        self._unloading = asyncio.create_task(self._unload_later())

    async def _unload_later(self) -> None:
        """After a while without users, take a turn like any user and unload."""
        await asyncio.sleep(self._settings.idle_timeout_s)
        engine = self._resident
        if engine is None or not self._turnstile.idle:
            return
        await self._turnstile.enter(Group(engine.kind, engine.name))
        try:
            await self._unload()
        finally:
            self._turnstile.leave()
