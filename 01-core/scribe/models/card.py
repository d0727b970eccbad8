"""What a worker tells about its engines: kept in Redis beside its presence, read by the API."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from scribe.models.capabilities import Capabilities


class _Card(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ModelCard(Capabilities):
    """An installed model as an engine sees it.

    default: the engine takes it when nobody names one; reason: why it is not ready, in a sentence
    """

    model_config = ConfigDict(extra="ignore")

    name: str
    default: bool = False
    ready: bool = True
    reason: str | None = None


class EngineCard(_Card):
    """An engine; ``reason`` says in a sentence why it is not ready.

    models: those it can load; an engine that carries its own model has one, called ``none``
    default: the worker takes this engine when nobody names one
    """

    kind: Literal["transcriber", "diariser"]
    name: str
    ready: bool
    reason: str | None = None
    default: bool = False
    models: tuple[ModelCard, ...] = ()


class WorkerCard(_Card):
    """All engines of one worker."""

    engines: tuple[EngineCard, ...] = ()
