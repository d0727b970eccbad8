"""Health as probes and people read it."""

from typing import Literal

from pydantic import BaseModel, Field


class Alive(BaseModel):
    """The process answers."""

    status: Literal["alive"] = "alive"


class Dependency(BaseModel):
    """A server that the gateway cannot do without."""

    up: bool
    problem: str | None = Field(default=None, description="What kind of problem, where there is one.")


class Readiness(BaseModel):
    """Whether requests can be served, and who is there to do the work."""

    status: Literal["ready", "not_ready"]
    dependencies: dict[str, Dependency]
    workers: dict[str, int] = Field(
        description="Live processes by role; work waits where there are none, so this is no part of `status`."
    )
