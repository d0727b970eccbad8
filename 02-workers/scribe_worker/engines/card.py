"""What a worker tells about its engines to whoever asks the API."""

from scribe.models import InstalledModel
from scribe.models.card import EngineCard, ModelCard, WorkerCard
from scribe_worker.engines.base import Engine, Kind
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.errors import EngineUnavailable, ModelNotInstalled
from scribe_worker.engines.registry import KINDS, CatalogueEntry, Registry


def worker_card(registry: Registry) -> WorkerCard:
    """Every engine of this worker with the models that it can load, as they are now."""
    defaults = {kind: _default(registry, kind) for kind in KINDS}
    return WorkerCard(
        engines=tuple(_engine_card(entry, defaults[entry.kind]) for entry in registry.catalogue())
    )


def _default(registry: Registry, kind: Kind) -> Choice | None:
    try:
        return registry.resolve(kind)
    except (EngineUnavailable, ModelNotInstalled):
        return None


def _engine_card(entry: CatalogueEntry, default: Choice | None) -> EngineCard:
    taken = default if default is not None and default.name == entry.name else None
    return EngineCard(
        kind=entry.kind,
        name=entry.name,
        ready=entry.unavailable is None,
        reason=entry.unavailable,
        default=taken is not None,
        models=(*_model_cards(entry), *_broken_cards(entry)),
    )


def _model_cards(entry: CatalogueEntry) -> tuple[ModelCard, ...]:
    """The models that the engine can load, the one that it takes by itself first."""
    engine = entry.engine
    if engine is None:
        return ()
    if engine.family is None:
        return (_model_card(engine, None, default=True),)
    return tuple(_model_card(engine, model, default=place == 0) for place, model in enumerate(entry.models))


def _broken_cards(entry: CatalogueEntry) -> tuple[ModelCard, ...]:
    return tuple(ModelCard(name=model.name, ready=False, reason=model.reason) for model in entry.broken)


def _model_card(engine: type[Engine], model: InstalledModel | None, *, default: bool) -> ModelCard:
    abilities = engine.capabilities(model).model_dump()
    return ModelCard(name=model.name if model else "none", default=default, **abilities)
