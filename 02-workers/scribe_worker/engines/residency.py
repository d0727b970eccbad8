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
from scribe_worker.engines.errors import EngineCrashed, EngineOutOfMemory, EngineUnavailable
from scribe_worker.engines.gpu_memory import VramWatch, used_mib
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
from scribe_worker.engines.verdict import KILLED_BY_KERNEL

log = structlog.get_logger(__name__)

MOST_RESIDENTS = 2

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
    watch: VramWatch


@dataclass(frozen=True, eq=False)
class _Resident:
    """A loaded engine; ``vram_before``: MiB that the GPU held before it came."""

    group: Group
    engine: EngineProcess
    vram_before: int


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
        self._ladder = Ladder(machine, store)
        self._turnstile = Turnstile(settings.max_wait_s, time.monotonic, self._is_loaded)
        self._residents: list[_Resident] = []
        """The one that was used last comes last."""
        self._crowded: set[Group] = set()
        """Those that ran out of memory beside another model, and so stay alone."""
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
                peak = loan.watch.peak_mib
                notices = self._ladder.notices(choice)
                return Outcome(answer, loan.engine, loan.waited, loan.loaded, peak, notices)
            except EngineOutOfMemory as error:
                if not self._can_do_with_less(choice, error):
                    raise
            except EngineUnavailable as error:
                # A lighter plan may mean a model that cannot do what is asked: then the one after it.
                if not (self._ladder.notices(choice) and self._ladder.step_down(choice, str(error))):
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
            async with VramWatch(self._vram_before(choice)) as watch:
                engine, loaded = await self._loaded(choice, watch)
                yield Loan(engine, waited, loaded, watch)
            VRAM_PEAK.labels(choice.kind, str(choice.group)).set(watch.peak_mib)
        finally:
            self._turnstile.leave()
            self._unload_when_idle()

    @property
    def idle(self) -> bool:
        """Nobody uses a model, waits for one, or is expected for the one that is loaded."""
        return self._turnstile.idle

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
        for resident in tuple(self._residents):
            await self._unload(resident)

    def _is_loaded(self, group: Group) -> bool:
        return any(resident.group == group and resident.engine.alive for resident in self._residents)

    def _vram_before(self, choice: Choice) -> int:
        """What the GPU held before the engine came, which may be now."""
        for resident in self._residents:
            if resident.group == choice.group:
                return resident.vram_before
        return used_mib() if choice.plan.device == "cuda" else 0

    def _can_do_with_less(self, choice: Choice, error: EngineOutOfMemory) -> bool:
        """Whether the call is worth another try: without a neighbour first, then with a lighter plan."""
        if error.detail["cause"] == KILLED_BY_KERNEL and choice.plan.device == "cuda":
            return False  # the machine's own memory ran out, which no step of the GPU's ladder mends
        neighbours = [resident for resident in self._residents if resident.group != choice.group]
        if neighbours and choice.group not in self._crowded:
            self._crowded.add(choice.group)
            return True
        return self._ladder.step_down(choice, str(error.detail["cause"]))

    async def _loaded(self, choice: Choice, watch: VramWatch) -> tuple[EngineProcess, float]:
        """The engine, and the seconds that it took to load it."""
        if self._closed:
            raise EngineCrashed(engine=choice.name, cause="the worker is stopping", stderr="")
        plan = self._ladder.plan(choice)
        await self._make_room(choice)
        for resident in self._residents:
            if resident.group == choice.group:
                self._residents.sort(key=lambda other: other is resident)
                self._turnstile.linger_s = self._load_seconds.get(choice.group, 0.0)
                watch.process(resident.engine.pid)
                return resident.engine, 0.0
        began = time.monotonic()
        if plan.device == "cuda" and self._gpu.ollama_url:
            await llm_server.free_memory(self._gpu.ollama_url)
        vram_before = self._vram_before(choice)
        engine = await EngineProcess.start(choice.kind, choice.name, self._settings, plan)
        self._residents.append(_Resident(choice.group, engine, vram_before))
        RESIDENT.set(len(self._residents))
        watch.process(engine.pid)
        await engine.load()
        took = time.monotonic() - began
        self._load_seconds[choice.group] = self._turnstile.linger_s = took
        LOADS.labels(choice.kind, str(choice.group)).inc()
        LOAD_SECONDS.labels(choice.kind, str(choice.group)).observe(took)
        log.info("engine_loaded", kind=choice.kind, engine=choice.name, plan=plan.model_dump(mode="json"))
        return engine, took

    async def _make_room(self, choice: Choice) -> None:
        """Unload what has ended, what is loaded by another plan, and what may not stay beside the choice."""
        plan = self._ladder.plan(choice)
        for resident in tuple(self._residents):
            mine = resident.group == choice.group
            if not resident.engine.alive or (mine and resident.engine.plan != plan):
                await self._unload(resident)
        for resident in tuple(self._residents):
            if resident.group != choice.group and not self._all_fit_beside(choice):
                SWAPS.inc()
                await self._unload(resident)

    def _all_fit_beside(self, choice: Choice) -> bool:
        """Whether all that are resident may stay with the choice."""
        others = [resident.engine for resident in self._residents if resident.group != choice.group]
        if self._gpu.policy == "one" or choice.group in self._crowded or len(others) >= MOST_RESIDENTS:
            return False
        return self._ladder.fit_together(choice, others)

    async def _unload(self, resident: _Resident) -> None:
        """Reap the process; when cancelled meanwhile, it stays resident, to be waited for again."""
        engine = resident.engine
        await engine.close()
        if resident in self._residents:
            self._residents.remove(resident)
        RESIDENT.set(len(self._residents))
        log.info("engine_unloaded", kind=engine.kind, engine=engine.name, pid=engine.pid)

    def _unload_when_idle(self) -> None:
        if self._unloading is not None:
            self._unloading.cancel()
        if not self._closed:
            self._unloading = asyncio.create_task(self._unload_later())

    async def _unload_later(self) -> None:
        """After a while without users, take a turn like any user and unload."""
        idle = False
        while not idle:
            await asyncio.sleep(self._settings.idle_timeout_s)
            idle = self._turnstile.idle
        if not self._residents:
            return
        await self._turnstile.enter(self._residents[-1].group)
        try:
            for resident in tuple(self._residents):
                await self._unload(resident)
        finally:
            self._turnstile.leave()
