"""What an evaluation found: each recording with each pair of engines, and each pair over all recordings."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from scribe.evaluation.figures import Accuracy, Cost
from scribe.transcript.document import Engines
from stack.evaluating.manifest import Limits, NotMeasured


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Measured(_Part):
    """One recording with one pair of engines.

    failure: why there is no transcript; beyond: limits that it misses, in words
    found, expected: numbers of speakers; warnings: codes of the transcript's notices
    """

    recording: str
    pair: str
    failure: str | None = None
    accuracy: Accuracy = Accuracy()
    cost: Cost = Cost()
    found: int | None = None
    expected: int | None = None
    engines: Engines | None = None
    warnings: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether there is a transcript and it is within all limits."""
        return self.failure is None and not self.beyond


class Pooled(_Part):
    """A pair of engines over all recordings that it transcribed."""

    pair: str
    recordings: int
    accuracy: Accuracy
    cost: Cost
    counted_right: int
    counted: int
    """Recordings whose number of speakers is known, and those of them where it was found."""

    @classmethod
    def of(cls, pair: str, parts: Sequence[Measured]) -> "Pooled":
        """Pool what one pair did; failed recordings are left out."""
        done = [part for part in parts if part.pair == pair and part.failure is None]
        counted = [part for part in done if part.expected is not None]
        return cls(
            pair=pair,
            recordings=len(done),
            accuracy=Accuracy.pooled([part.accuracy for part in done]),
            cost=Cost.pooled([part.cost for part in done]),
            counted_right=sum(part.found == part.expected for part in counted),
            counted=len(counted),
        )


class Circumstances(_Part):
    """When, where and with what it was measured."""

    command: str
    machine: str
    commit: str
    tools: str
    measured_at: datetime


class Evaluation(_Part):
    """All of it; the fields are the keys of ``eval --json``."""

    circumstances: Circumstances
    measured: tuple[Measured, ...]
    pooled: tuple[Pooled, ...]
    not_measured: tuple[NotMeasured, ...]
    notes: Mapping[str, str] = Field(default_factory=dict)
    """About recordings, by their names."""

    @property
    def good(self) -> bool:
        """Whether every recording was transcribed within its limits."""
        return all(part.good for part in self.measured)


def beyond(accuracy: Accuracy, limits: Limits) -> tuple[str, ...]:
    """The limits that are missed, in words; a figure that could not be measured misses its limit."""
    rates = {"wer": accuracy.wer, "cpwer": accuracy.cpwer, "tcpwer": accuracy.tcpwer, "der": accuracy.der}
    missed = []
    for name, limit in limits.model_dump(exclude_none=True).items():
        errors = rates[name]
        if errors is None:
            missed.append(f"{name} has a limit but no reference")
        elif errors.rate > limit:
            missed.append(f"{name} {errors.rate:.1%} > {limit:.1%}")
    return tuple(missed)
