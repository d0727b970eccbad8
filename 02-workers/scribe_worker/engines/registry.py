"""Which engines and models there are, which of them can run here, and what ``auto`` means."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final

from scribe.models import InstalledModel, ModelStore
from scribe.settings import EngineSettings
from scribe.transcript.document import Notice
from scribe_worker.engines.base import Engine, Kind, Machine, Wish
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.errors import EngineUnavailable, ModelNotInstalled

AUTO: Final = "auto"
KINDS: Final[tuple[Kind, ...]] = ("transcriber", "diariser")
GROUPS: Final[dict[Kind, str]] = {"transcriber": "scribe.transcribers", "diariser": "scribe.diarisers"}


@dataclass(frozen=True)
class CatalogueEntry:
    """One installed engine; ``unavailable`` is a sentence when it cannot run here.

    engine: its class, None where that cannot be imported; models: those it can load, the first by default
    """

    kind: Kind
    name: str
    engine: type[Engine] | None
    unavailable: str | None
    models: tuple[InstalledModel, ...] = ()

    @property
    def rank(self) -> int:
        """What ``auto`` goes by."""
        return self.engine.rank if self.engine else 0

    @property
    def caveat(self) -> Notice | None:
        """What is said when ``auto`` settles for it."""
        return self.engine.caveat if self.engine else None


class Registry:
    """The engines that are installed as packages, with the models that are installed as folders."""

    def __init__(self, store: ModelStore, settings: EngineSettings, machine: Machine) -> None:
        self._store = store
        self._settings = settings
        self._machine = machine

    def catalogue(self) -> tuple[CatalogueEntry, ...]:
        """Every installed engine, transcribers first, the best first."""
        models = self._store.installed()
        return tuple(
            sorted(
                (self._entry(kind, point, models) for kind in KINDS for point in _points(kind)),
                key=lambda entry: (KINDS.index(entry.kind), -entry.rank, entry.name),
            )
        )

    def resolve(self, kind: Kind, name: str | None = None, model: str | None = None) -> Choice:
        """The engine ``name`` with ``model``; for None what the settings say, for ``auto`` the best there is.

        model: the name of an installed one. Raises EngineUnavailable when there is no such engine or it
        cannot run here, ModelNotInstalled when it has no such model.
        """
        wanted, chosen = name or self._configured(kind), model
        if chosen is None and wanted in {AUTO, self._configured(kind)}:
            chosen = self._configured_model(kind)
        entries = [entry for entry in self.catalogue() if entry.kind == kind]
        if wanted == AUTO:
            entry = _best(kind, [entry for entry in entries if _offers(entry, model)])
            return self._choice(entry, chosen, (entry.caveat,) if entry.caveat else ())
        named = {entry.name: entry for entry in entries}
        if wanted not in named:
            known = ", ".join(sorted(named))
            raise EngineUnavailable(engine=wanted, reason=f"There is no such {kind}; there are {known}.")
        entry = named[wanted]
        without_model = entry.engine is not None and entry.engine.unavailable() is None
        if entry.unavailable and not (chosen and without_model):
            raise EngineUnavailable(engine=wanted, reason=entry.unavailable)
        return self._choice(entry, chosen, ())

    def _configured(self, kind: Kind) -> str:
        return self._settings.transcriber if kind == "transcriber" else self._settings.diariser

    def _configured_model(self, kind: Kind) -> str | None:
        settings = self._settings
        return settings.transcriber_model if kind == "transcriber" else settings.diariser_model

    def _choice(self, entry: CatalogueEntry, wanted: str | None, warnings: tuple[Notice, ...]) -> Choice:
        engine = entry.engine
        if engine is None:
            raise EngineUnavailable(engine=entry.name, reason=entry.unavailable or "It cannot be imported.")
        model = _model(entry, engine, wanted)
        settings = self._settings
        wish = Wish(
            device=settings.device, compute_type=settings.compute_type, batch_size=settings.batch_size
        )
        plan = engine.plan(model, wish, self._machine)
        return Choice(entry.kind, entry.name, plan, engine.capabilities(model), warnings)

    def _entry(self, kind: Kind, point: EntryPoint, models: Sequence[InstalledModel]) -> CatalogueEntry:
        """One broken third-party engine must not hide the others, so it becomes an unavailable one."""
        try:
            engine: type[Engine] = point.load()
        except (ImportError, AttributeError) as error:
            return CatalogueEntry(kind, point.name, None, _unimportable(error))
        reason = engine.unavailable()
        if engine.family is None:
            return CatalogueEntry(kind, point.name, engine, reason)
        loadable = _preferred_first(engine, models)
        configured = self._configured_model(kind)
        if reason is None and not loadable and not _is_folder(configured):
            best = engine.models[0] if engine.models else "NAME"
            reason = f"No model for it is installed: run ./manage.sh models pull {best}."
        return CatalogueEntry(kind, point.name, engine, reason, loadable)


def engine_class(kind: Kind, name: str) -> type[Engine]:
    """The class behind the entry point; EngineUnavailable when there is none or it cannot be imported."""
    points = _points(kind)
    if name not in {point.name for point in points}:
        raise EngineUnavailable(engine=name, reason=f"There is no such {kind}.")
    try:
        loaded: type[Engine] = next(point for point in points if point.name == name).load()
    except (ImportError, AttributeError) as error:
        raise EngineUnavailable(engine=name, reason=_unimportable(error)) from error
    return loaded


def _points(kind: Kind) -> list[EntryPoint]:
    return list(entry_points(group=GROUPS[kind]))


def _best(kind: Kind, candidates: Sequence[CatalogueEntry]) -> CatalogueEntry:
    ranked = [entry for entry in candidates if entry.rank > 0]
    for entry in ranked:
        if entry.unavailable is None:
            return entry
    reasons = " ".join(f"{entry.name}: {entry.unavailable}" for entry in ranked)
    raise EngineUnavailable(engine=AUTO, reason=reasons or f"No {kind} is installed.")


def _offers(entry: CatalogueEntry, model: str | None) -> bool:
    """Whoever asks for a model by name means an engine that has it."""
    return model is None or model in {installed.name for installed in entry.models}


def _preferred_first(engine: type[Engine], models: Sequence[InstalledModel]) -> tuple[InstalledModel, ...]:
    """The models of the engine's family: those it prefers in its order, then the others by name."""
    mine = [model for model in models if model.family == engine.family]
    places = {name: place for place, name in enumerate(engine.models)}
    return tuple(sorted(mine, key=lambda model: (places.get(model.name, len(places)), model.name)))


def _model(entry: CatalogueEntry, engine: type[Engine], wanted: str | None) -> InstalledModel | None:
    if wanted is not None and _is_folder(wanted):
        path = Path(wanted).resolve()
        return InstalledModel(name=path.name, family=engine.family or entry.name, path=path)
    if engine.family is None:
        return None
    if wanted is None:
        return entry.models[0]
    for model in entry.models:
        if model.name == wanted:
            return model
    known = ", ".join(model.name for model in entry.models) or "none"
    raise ModelNotInstalled(engine=entry.name, model=wanted, known=known)


def _is_folder(model: str | None) -> bool:
    """Whether a setting names a folder; only the operator's settings can, requests name installed models."""
    return model is not None and "/" in model


def _unimportable(error: ImportError | AttributeError) -> str:
    return f"It cannot be imported ({error})."
