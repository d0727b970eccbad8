"""One model in memory at a time: who needs another one waits until the last one's process is gone."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self, TypeVar

import structlog

from scribe.models import ModelStore
from scribe.settings import EngineSettings, GpuSettings
from scribe.transcript.document import Notice
from scribe_worker.engines import llm_server
from scribe_worker.engines.base import Machine
from scribe_worker.engines.choice import Choice, Group
from scribe_worker.engines.errors import EngineCrashed, EngineOutOfMemory
from scribe_worker.engines.gpu_memory import held_mib
from scribe_worker.engines.host import EngineProcess
from scribe_worker.engines.ladder import Ladder
from scribe_worker.engines.residency_metrics import (
    LOAD_SECONDS,
    LOADS,
    RESIDENT,
    SWAPS,
    VRAM_PEAK,
    WAIT_SECONDS,
)
from scribe_worker.engines.turnstile import Turnstile

log = structlog.get_logger(__name__)

MOST_RESIDENTS = 2
VRAM_LOOK_S = 0.25

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Outcome(Generic[Answer]):
    """What a call gave, by which engine, and what it cost.

    waited: seconds for the turn; loaded: seconds to load the model, 0 where it was loaded already
    notices: what had to be done to make it fit into memory
    """

    answer: Answer
    engine: EngineProcess
    waited: float
    loaded: float
    peak_vram_mib: int
    notices: tuple[Notice, ...]


@dataclass
class Loan:
    """An engine, loaded, for one user alone; the rest as in ``Outcome``."""

    engine: EngineProcess
    waited: float
    loaded: float
    peak_vram_mib: int = 0


class Residency:
    """Hands out engines, each to one user at a time, keeping the last one loaded until another is needed.

    The process of one engine has been reaped before the next one's starts, so two models are never in
    memory together; only the policy ``fit`` lets two stay whose predicted memory fits the budget. An engine
    whose process has ended is started again for its next user.
    """

    def __init__(
        self, settings: EngineSettings, gpu: GpuSettings, machine: Machine, store: ModelStore
    ) -> None:
        self._settings = settings
        self._gpu = gpu
        self._machine = machine
        self._ladder = Ladder(machine, store)
        self._turnstile = Turnstile(settings.max_wait_s, time.monotonic)
        self._residents: list[EngineProcess] = []
        """The one that was used last comes last."""
        self._load_seconds: dict[Group, float] = {}
        self._unloading: asyncio.Task[None] | None = None
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def run(
        self, choice: Choice, call: Callable[[EngineProcess], Awaitable[Answer]]
    ) -> Outcome[Answer]:
        """Do ``call`` with the engine; when memory runs out, again with the next lighter plan.

        Raises what ``EngineProcess.load`` and ``call`` raise; EngineOutOfMemory when nothing lighter is left.
        """
        while True:
            try:
                async with self.use(choice) as loan:
                    answer = await call(loan.engine)
                return Outcome(
                    answer,
                    loan.engine,
                    loan.waited,
                    loan.loaded,
                    loan.peak_vram_mib,
                    self._ladder.notices(choice),
                )
            except EngineOutOfMemory as error:
                if not self._ladder.step_down(choice, str(error.detail["cause"])):
                    raise

    @asynccontextmanager
    async def use(self, choice: Choice) -> AsyncIterator[Loan]:
        """The engine of ``choice``, loaded, for this user alone until the block ends.

        Raises what ``EngineProcess.load`` raises.
        """
        asked = time.monotonic()
        await self._turnstile.enter(choice.group)
        waited = time.monotonic() - asked
        WAIT_SECONDS.labels(choice.kind, str(choice.group)).observe(waited)
        try:
            engine, loaded = await self._loaded(choice)
            loan = Loan(engine, waited, loaded)
            async with _watching_vram(loan, on_gpu=engine.plan.device == "cuda"):
                yield loan
        finally:
            self._turnstile.leave()
            self._unload_when_idle()

    @contextmanager
    def expecting(self, choice: Choice) -> Iterator[None]:
        """Announce a user who will come soon, so that the model is not unloaded under their nose."""
        with self._turnstile.expected(choice.group):
            yield

    async def close(self) -> None:
        """End the resident engines, whoever uses them; nobody gets one from here on."""
        self._closed = True
        if self._unloading is not None:
            self._unloading.cancel()
            with suppress(asyncio.CancelledError):
                await self._unloading
        for engine in tuple(self._residents):
            await self._unload(engine)

    async def _loaded(self, choice: Choice) -> tuple[EngineProcess, float]:
        """The engine, and the seconds that it took to load it."""
        if self._closed:
            raise EngineCrashed(engine=choice.name, cause="the worker is stopping", stderr="")
        plan = self._ladder.plan(choice)
        for engine in self._residents:
            if (engine.kind, engine.name, engine.plan) == (choice.kind, choice.name, plan) and engine.alive:
                self._residents.sort(key=lambda resident: resident is engine)
                self._turnstile.linger_s = self._load_seconds.get(choice.group, 0.0)
                return engine, 0.0
        began = time.monotonic()
        await self._make_room(choice)
        if plan.device == "cuda" and self._gpu.ollama_url:
            await llm_server.free_memory(self._gpu.ollama_url)
        engine = await EngineProcess.start(choice.kind, choice.name, self._settings, plan)
        self._residents.append(engine)
        RESIDENT.set(len(self._residents))
        await engine.load()
        took = time.monotonic() - began
        self._load_seconds[choice.group] = self._turnstile.linger_s = took
        LOADS.labels(choice.kind, str(choice.group)).inc()
        LOAD_SECONDS.labels(choice.kind, str(choice.group)).observe(took)
        log.info("engine_loaded", kind=choice.kind, engine=choice.name, plan=plan.model_dump(mode="json"))
        return engine, took

    async def _make_room(self, choice: Choice) -> None:
        """Unload what may not stay beside the choice: everything, or with ``fit`` what does not fit."""
        for engine in tuple(self._residents):
            same = (engine.kind, engine.name) == (choice.kind, choice.name)
            if same or not engine.alive or not self._fits_beside(choice):
                if not same and engine.alive:
                    SWAPS.inc()
                await self._unload(engine)

    def _fits_beside(self, choice: Choice) -> bool:
        """Whether all that are resident may stay when the choice is loaded."""
        if self._gpu.policy == "one" or len(self._residents) >= MOST_RESIDENTS:
            return False
        return self._ladder.fit_together(choice, self._residents)

    async def _unload(self, engine: EngineProcess) -> None:
        """Reap the process; when cancelled meanwhile, it stays resident, to be waited for again."""
        await engine.close()
        if engine in self._residents:
            self._residents.remove(engine)
        RESIDENT.set(len(self._residents))
        log.info("engine_unloaded", kind=engine.kind, engine=engine.name, pid=engine.pid)

    def _unload_when_idle(self) -> None:
        if self._unloading is not None:
            self._unloading.cancel()
        self._unloading = asyncio.create_task(self._unload_later())

    async def _unload_later(self) -> None:
        """After a while without users, take a turn like any user and unload."""
        await asyncio.sleep(self._settings.idle_timeout_s)
        if not self._residents or not self._turnstile.idle:
            return
        await self._turnstile.enter(Group(self._residents[-1].kind, self._residents[-1].name))
        try:
            for engine in tuple(self._residents):
                await self._unload(engine)
        finally:
            self._turnstile.leave()


@asynccontextmanager
async def _watching_vram(loan: Loan, *, on_gpu: bool) -> AsyncIterator[None]:
    """Note the most GPU memory that the engine's process holds meanwhile."""
    if not on_gpu:
        yield
        return

    async def look() -> None:
        while True:
            held = await asyncio.to_thread(held_mib, loan.engine.pid)
            loan.peak_vram_mib = max(loan.peak_vram_mib, held)
            await asyncio.sleep(VRAM_LOOK_S)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
        VRAM_PEAK.labels(loan.engine.kind, loan.engine.name).set(loan.peak_vram_mib)
