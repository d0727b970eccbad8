"""The instance as those see it who look after it."""

import uuid
from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field

from scribe.db.models import Job, JobStatus
from scribe_api.health.schemas import Dependency


class JobInHand(BaseModel):
    """What a worker does at the moment."""

    meeting_id: uuid.UUID | None = Field(description="null where the meeting may not be yours to see.")
    stage: str | None
    progress: float = Field(description="Of the stage, 0-1.")
    attempt: int
    claimed_at: datetime | None

    @classmethod
    def of(cls, job: Job, *, named: bool) -> Self:
        """The job; ``named``: with the meeting that it is about."""
        return cls(
            meeting_id=job.meeting_id if named else None,
            stage=job.stage,
            progress=job.progress,
            attempt=job.attempts,
            claimed_at=job.claimed_at,
        )


class WorkerRead(BaseModel):
    """A live process that does the work."""

    role: str = Field(examples=["gpu", "scheduler"])
    name: str
    host: str
    pid: int | None = Field(description="Its process on that host; null where its name does not tell.")
    jobs: list[JobInHand]


class QueueRead(BaseModel):
    """What waits, what is done, and what went wrong lately."""

    by_status: dict[JobStatus, int] = Field(description="Open jobs only: those QUEUED and those RUNNING.")
    oldest_queued_at: datetime | None = Field(description="Since when the longest waiting job waits.")
    failed_last_day: int = Field(description="Jobs given up within the last 24 hours.")


class Disk(BaseModel):
    """The disk under the data folder."""

    total: int = Field(description="Bytes.")
    free: int = Field(description="Bytes that may still be written.")


class StorageRead(BaseModel):
    """What lies there, and how much more fits."""

    recordings: int
    bytes_of_recordings: int = Field(description="As uploaded; what was made of them comes on top.")
    disk: Disk | None = Field(description="null where the data do not lie on the gateway's machine.")


class SystemRead(BaseModel):
    """The instance at this moment."""

    version: str
    dependencies: dict[str, Dependency]
    workers: list[WorkerRead]
    jobs: QueueRead
    storage: StorageRead
    uploads_in_progress: int
