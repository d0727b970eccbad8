"""Which engine, with which model, loaded how: what a job wants and what may stay loaded for the next one."""

from dataclasses import dataclass, field

from scribe.transcript.document import Notice
from scribe_worker.engines.base import Capabilities, Kind, Plan


@dataclass(frozen=True)
class Group:
    """All who want the same model of the same engine."""

    kind: Kind
    name: str
    model: str = "none"

    def __str__(self) -> str:
        return self.name if self.model == "none" else f"{self.name} ({self.model})"


@dataclass(frozen=True)
class Choice:
    """The engine and the plan that a request means, and what the reader of its result must be told."""

    kind: Kind
    name: str
    plan: Plan = field(default_factory=Plan)
    capabilities: Capabilities = field(default_factory=Capabilities)
    warnings: tuple[Notice, ...] = ()

    @property
    def group(self) -> Group:
        """Who else is served by the same loaded model, even where memory forced a lighter plan on it."""
        return Group(self.kind, self.name, self.plan.model)
