"""A model that is on this machine."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict


class InstalledModel(BaseModel):
    """A folder that an engine of its ``family`` can load; ``revision`` is None for a local one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    family: str
    path: Path
    revision: str | None = None
