"""What a worker tells about its engines: kept in Redis beside its presence, read by the API."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class _Card(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ModelCard(_Card):
    """An installed model as an engine sees it; ``languages`` None means: too many to list.

    default: the engine takes it when nobody names one
    """

    name: str
    default: bool = False
    ready: bool = True
    reason: str | None = None
    languages: tuple[str, ...] | None = None
    word_times: bool = True
    translation: bool = False
    vocabulary: bool = False
    speaker_bounds: bool = False
    overlap: bool = False
    embeddings: bool = False
    channels: bool = False


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
