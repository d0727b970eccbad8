"""Which engines and models there are, which of them can run here, and what ``auto`` means."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Final

from scribe.models import BrokenModel, InstalledModel, ModelStore
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
    broken: models of its kind that are installed and not whole
    """

    kind: Kind
    name: str
    engine: type[Engine] | None
    unavailable: str | None
    models: tuple[InstalledModel, ...] = ()
    broken: tuple[BrokenModel, ...] = ()

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
        models, broken = self._store.installed(), self._store.broken()
        return tuple(
            sorted(
                (self._entry(kind, point, models, broken) for kind in KINDS for point in _points(kind)),
                key=lambda entry: (KINDS.index(entry.kind), -entry.rank, entry.name),
            )
        )

    def resolve(self, kind: Kind, name: str | None = None, model: str | None = None) -> Choice:
        """The engine ``name`` with ``model``; for None what the settings say, for ``auto`` the best there is.

        model: the name of an installed one. Raises EngineUnavailable when there is no such engine or it
        cannot run here, ModelNotInstalled when it has no such model.
        """
        wanted = name or self._configured(kind)
        if model is None and wanted in {AUTO, self._configured(kind)}:
            model = _name_of(self._configured_model(kind))
        entries = [entry for entry in self.catalogue() if entry.kind == kind]
        if wanted == AUTO:
            entry = _best(kind, entries, model)
            return self._choice(entry, model, (entry.caveat,) if entry.caveat else ())
        named = {entry.name: entry for entry in entries}
        if wanted not in named:
            known = ", ".join(sorted(named))
            raise EngineUnavailable(engine=wanted, reason=f"There is no such {kind}; there are {known}.")
        entry = named[wanted]
        if entry.unavailable:
            raise EngineUnavailable(engine=wanted, reason=entry.unavailable)
        return self._choice(entry, model, ())

    def _configured(self, kind: Kind) -> str:
        return self._settings.transcriber if kind == "transcriber" else self._settings.diariser

    def _configured_model(self, kind: Kind) -> str | None:
        settings = self._settings
        return settings.transcriber_model if kind == "transcriber" else settings.diariser_model

    def _choice(self, entry: CatalogueEntry, wanted: str | None, warnings: tuple[Notice, ...]) -> Choice:
        engine = entry.engine
        if engine is None:
            raise EngineUnavailable(engine=entry.name, reason=entry.unavailable or "It cannot be imported.")
        model = _model(entry, wanted)
        settings = self._settings
        wish = Wish(
            device=settings.device, compute_type=settings.compute_type, batch_size=settings.batch_size
        )
        plan = engine.plan(model, wish, self._machine)
        return Choice(entry.kind, entry.name, plan, engine.capabilities(model), warnings)

    def _entry(
        self,
        kind: Kind,
        point: EntryPoint,
        models: Sequence[InstalledModel],
        broken: Sequence[BrokenModel],
    ) -> CatalogueEntry:
        """One broken third-party engine must not hide the others, so it becomes an unavailable one."""
        try:
            engine: type[Engine] = point.load()
            reason = engine.unavailable()
        except Exception as error:  # noqa: BLE001 - other people's code may raise anything
            return CatalogueEntry(kind, point.name, None, _unimportable(error))
        if engine.family is None:
            return CatalogueEntry(kind, point.name, engine, reason)
        loadable = self._loadable(kind, engine, models)
        if reason is None and not loadable and not engine.model_optional:
            best = engine.models[0] if engine.models else "NAME"
            reason = f"No model for it is installed: run ./manage.sh models pull {best}."
        unusable = tuple(model for model in broken if model.family == engine.family)
        return CatalogueEntry(kind, point.name, engine, reason, loadable, unusable)

    def _loadable(
        self, kind: Kind, engine: type[Engine], models: Sequence[InstalledModel]
    ) -> tuple[InstalledModel, ...]:
        """The models of the engine's family: the configured one, those that it prefers, the others."""
        mine = [model for model in models if model.family == engine.family]
        wanted = self._configured_model(kind)
        if wanted is not None and _is_folder(wanted) and engine.family is not None:
            path = Path(wanted).resolve()
            mine.append(InstalledModel(name=path.name, family=engine.family, path=path))
        places = {name: place for place, name in enumerate(engine.models)}
        configured = _name_of(wanted)

        def order(model: InstalledModel) -> tuple[bool, int, str]:
            return model.name != configured, places.get(model.name, len(places)), model.name

        return tuple(sorted(mine, key=order))


def engine_class(kind: Kind, name: str) -> type[Engine]:
    """The class behind the entry point; EngineUnavailable when there is none or it cannot be imported."""
    points = _points(kind)
    if name not in {point.name for point in points}:
        raise EngineUnavailable(engine=name, reason=f"There is no such {kind}.")
    try:
        loaded: type[Engine] = next(point for point in points if point.name == name).load()
    except Exception as error:
        raise EngineUnavailable(engine=name, reason=_unimportable(error)) from error
    return loaded


def _points(kind: Kind) -> list[EntryPoint]:
    return list(entry_points(group=GROUPS[kind]))


def _best(kind: Kind, entries: Sequence[CatalogueEntry], model: str | None) -> CatalogueEntry:
    """The first of the entries, the best first, that can run and has the model."""
    ranked = [entry for entry in entries if entry.rank > 0]
    if model is not None:
        having = [entry for entry in ranked if model in {installed.name for installed in entry.models}]
        if not having:
            known = sorted({installed.name for entry in ranked for installed in entry.models})
            raise ModelNotInstalled(engine=AUTO, model=model, known=", ".join(known) or "none")
        ranked = having
    for entry in ranked:
        if entry.unavailable is None:
            return entry
    reasons = " ".join(f"{entry.name}: {entry.unavailable}" for entry in ranked)
    raise EngineUnavailable(engine=AUTO, reason=reasons or f"No {kind} is installed.")


def _model(entry: CatalogueEntry, wanted: str | None) -> InstalledModel | None:
    """The model called ``wanted``, or the first; None for an engine that carries its own."""
    if wanted is None:
        return entry.models[0] if entry.models else None
    for model in entry.models:
        if model.name == wanted:
            return model
    known = ", ".join(model.name for model in entry.models) or "none"
    raise ModelNotInstalled(engine=entry.name, model=wanted, known=known)


def _is_folder(model: str) -> bool:
    """Whether a setting names a folder; only the operator's settings can, requests name installed models."""
    return "/" in model


def _name_of(model: str | None) -> str | None:
    """The name by which a configured model is listed."""
    return model if model is None or not _is_folder(model) else Path(model).resolve().name


def _unimportable(error: Exception) -> str:
    return f"It cannot be imported ({type(error).__name__}: {error})."
