"""Which engines there are, which of them can run here, and what ``auto`` means."""

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Final

from scribe.transcript.document import Notice
from scribe_worker.engines.base import Engine, Kind
from scribe_worker.engines.errors import EngineUnavailable

AUTO: Final = "auto"
KINDS: Final[tuple[Kind, ...]] = ("transcriber", "diariser")
GROUPS: Final[dict[Kind, str]] = {"transcriber": "scribe.transcribers", "diariser": "scribe.diarisers"}


@dataclass(frozen=True)
class Resolved:
    """The engine that a request means, and what the reader of its result must be told."""

    name: str
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class CatalogueEntry:
    """One installed engine; ``unavailable`` is a sentence when it cannot run here."""

    kind: Kind
    name: str
    rank: int
    caveat: Notice | None
    unavailable: str | None


def catalogue() -> tuple[CatalogueEntry, ...]:
    """Every installed engine, transcribers first, the best first."""
    return tuple(
        sorted(
            (_entry(kind, point) for kind in KINDS for point in entry_points(group=GROUPS[kind])),
            key=lambda entry: (KINDS.index(entry.kind), -entry.rank, entry.name),
        )
    )


def resolve(kind: Kind, name: str) -> Resolved:
    """The engine called ``name``, or for ``auto`` the best that can run here, with its caveat.

    EngineUnavailable when there is no such engine or it cannot run here.
    """
    if name != AUTO:
        entry = _entry(kind, _find(kind, name))
        if entry.unavailable:
            raise EngineUnavailable(engine=name, reason=entry.unavailable)
        return Resolved(name)
    candidates = [entry for entry in catalogue() if entry.kind == kind and entry.rank > 0]
    for entry in candidates:
        if entry.unavailable is None:
            return Resolved(entry.name, (entry.caveat,) if entry.caveat else ())
    reasons = " ".join(f"{entry.name}: {entry.unavailable}" for entry in candidates)
    raise EngineUnavailable(engine=AUTO, reason=reasons or f"No {kind} is installed.")


def engine_class(kind: Kind, name: str) -> type[Engine]:
    """The class behind the entry point; EngineUnavailable when there is none or it cannot be imported."""
    try:
        loaded: type[Engine] = _find(kind, name).load()
    except (ImportError, AttributeError) as error:
        raise EngineUnavailable(engine=name, reason=_unimportable(error)) from error
    return loaded


def _find(kind: Kind, name: str) -> EntryPoint:
    points = entry_points(group=GROUPS[kind])
    if name not in points.names:
        known = ", ".join(sorted(points.names))
        raise EngineUnavailable(engine=name, reason=f"There is no such {kind}; there are {known}.")
    return points[name]


def _entry(kind: Kind, point: EntryPoint) -> CatalogueEntry:
    """One broken third-party engine must not hide the others, so it becomes an unavailable one."""
    try:
        engine: type[Engine] = point.load()
    except (ImportError, AttributeError) as error:
        return CatalogueEntry(kind, point.name, 0, None, _unimportable(error))
    return CatalogueEntry(kind, point.name, engine.rank, engine.caveat, engine.unavailable())


def _unimportable(error: ImportError | AttributeError) -> str:
    return f"It cannot be imported ({error})."
