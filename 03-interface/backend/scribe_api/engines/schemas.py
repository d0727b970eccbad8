"""Engines as clients see them."""

from pydantic import BaseModel, Field

from scribe.models.card import EngineCard
from scribe.transcript.document import Notice


class EngineRead(EngineCard):
    """An engine, as the workers have it that run now."""

    workers: int = Field(description="How many workers can run it.")


class EngineList(BaseModel):
    """All engines of all workers: the transcribers, then the diarisers, by name."""

    engines: list[EngineRead]
    workers: int = Field(description="How many GPU workers are alive.")
    notice: Notice | None = Field(default=None, description="Why the list is empty, where it is.")
