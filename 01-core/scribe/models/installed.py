"""A model that is on this machine, usable or not."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict


class InstalledModel(BaseModel):
    """A folder that an engine of its ``family`` can load; ``revision`` is None for a local one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    family: str
    path: Path
    revision: str | None = None


class BrokenModel(BaseModel):
    """A model that was installed and cannot be used; ``reason`` says in a sentence why and what to do.

    family: None where not even its record can be read
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    family: str | None
    reason: str
