"""When memory does not suffice: the next lighter way to load the same model, and a word to the reader."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog

from scribe.models import ModelStore
from scribe.transcript.document import Notice
from scribe_worker.engines.base import Engine, Machine, Plan
from scribe_worker.engines.choice import Choice, Group
from scribe_worker.engines.errors import EngineOutOfMemory
from scribe_worker.engines.host import EngineProcess
from scribe_worker.engines.registry import engine_class
from scribe_worker.engines.residency_metrics import LADDER_STEPS

log = structlog.get_logger(__name__)

REMEMBERED_S = 1800.0
"""After this, the choice's own plan gets another chance: what took the memory may be gone."""


@dataclass(frozen=True)
class _Learned:
    plan: Plan
    at: float


class Ladder:
    """The plan that each choice is loaded by: its own, or a lighter one that memory forced on it."""

    def __init__(
        self, machine: Machine, store: ModelStore, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._machine = machine
        self._store = store
        self._clock = clock
        self._learned: dict[Group, _Learned] = {}

    def plan(self, choice: Choice) -> Plan:
        """The plan to load the choice by, within the GPU's budget as far as it can be predicted.

        Raises EngineOutOfMemory where even the lightest does not fit.
        """
        learned = self._learned.get(choice.group)
        if learned is not None and self._clock() - learned.at > REMEMBERED_S:
            del self._learned[choice.group]
            learned = None
        plan = learned.plan if learned else choice.plan
        engine = engine_class(choice.kind, choice.name)
        while self._exceeds(engine, plan):
            needed = f"{engine.vram_mib(plan)} MiB are predicted, {self._machine.vram_mib} MiB may be used"
            if not self.step_down(choice, needed):
                raise EngineOutOfMemory(engine=choice.name, cause=needed, stderr="")
            plan = self._learned[choice.group].plan
        return plan

    def step_down(self, choice: Choice, cause: str) -> bool:
        """Whether there is a lighter plan; from now on it is the choice's."""
        learned = self._learned.get(choice.group)
        heavy = learned.plan if learned else choice.plan
        engine = engine_class(choice.kind, choice.name)
        models = [model for model in self._store.installed() if model.family == engine.family]
        light = engine.lighter(heavy, models)
        if light is None:
            return False
        self._learned[choice.group] = _Learned(light, self._clock())
        LADDER_STEPS.labels(choice.kind, choice.name).inc()
        log.warning(
            "engine_stepped_down",
            engine=choice.name,
            cause=cause,
            heavy=heavy.model_dump(mode="json"),
            light=light.model_dump(mode="json"),
        )
        return True

    def notices(self, choice: Choice) -> tuple[Notice, ...]:
        """What a reader should know of the steps that were taken."""
        learned = self._learned.get(choice.group)
        if learned is None:
            return ()
        changes = ", ".join(_changes(choice.plan, learned.plan))
        message = f"Memory did not suffice for the engine '{choice.name}' as set up: it ran with {changes}."
        return (Notice(code="ENGINE_STEPPED_DOWN", message=message),)

    def fit_together(self, choice: Choice, residents: Iterable[EngineProcess]) -> bool:
        """Whether the choice's predicted GPU memory fits beside that of the residents."""
        mine = engine_class(choice.kind, choice.name).vram_mib(self.plan(choice))
        theirs = sum(
            engine_class(resident.kind, resident.name).vram_mib(resident.plan) for resident in residents
        )
        return mine + theirs <= self._machine.vram_mib

    def _exceeds(self, engine: type[Engine], plan: Plan) -> bool:
        return plan.device == "cuda" and engine.vram_mib(plan) > self._machine.vram_mib


def _changes(heavy: Plan, light: Plan) -> list[str]:
    names = {"model": "model", "device": "device", "compute_type": "precision", "batch_size": "batch size"}
    was, became = heavy.model_dump(), light.model_dump()
    return [
        f"{name} {became[field]} instead of {was[field]}"
        for field, name in names.items()
        if became[field] != was[field]
    ]
