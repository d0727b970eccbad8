"""What an evaluation found: each recording with each pair of engines, and each pair over all recordings."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from scribe.evaluation.figures import Accuracy, Cost
from scribe.transcript.document import Engines
from stack.evaluating.manifest import Limits, NotMeasured


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Measured(_Part):
    """One recording with one pair of engines.

    failure: why there is no transcript, or no figure; beyond: limits that it misses, in words
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
        """Whether there are figures and they are within all limits."""
        return self.failure is None and not self.beyond


class Pooled(_Part):
    """A pair of engines over the recordings that every pair transcribed, so that all are asked the same.

    failures: recordings that this pair failed on; behind: how many recordings each figure comes from
    counted: recordings whose number of speakers is known, counted_right: those of them where it was found
    """

    pair: str
    recordings: int
    failures: int
    accuracy: Accuracy
    behind: Mapping[str, int]
    cost: Cost
    counted_right: int
    counted: int


def pooled(measured: Sequence[Measured]) -> tuple[Pooled, ...]:
    """Each pair over all recordings; one that failed on all of them takes none away from the others."""
    pairs = tuple(dict.fromkeys(part.pair for part in measured))
    done = {
        pair: {part.recording for part in measured if part.pair == pair and not part.failure}
        for pair in pairs
    }
    by_all = set.intersection(*filter(None, done.values())) if any(done.values()) else set()
    return tuple(_pooled(pair, [part for part in measured if part.pair == pair], by_all) for pair in pairs)


def _pooled(pair: str, parts: Sequence[Measured], recordings: Collection[str]) -> Pooled:
    done = [part for part in parts if part.failure is None and part.recording in recordings]
    counted = [part for part in done if part.expected is not None]
    return Pooled(
        pair=pair,
        recordings=len(done),
        failures=sum(part.failure is not None for part in parts),
        accuracy=Accuracy.pooled([part.accuracy for part in done]),
        behind=dict(Counter(name for part in done for name in part.accuracy.known)),
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
