"""Work to do: the row is the job, the queue only wakes somebody up."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scribe.db.base import Base, Timestamped
from scribe.db.models.meeting import Meeting


class JobKind(StrEnum):
    """What is to be done."""

    TRANSCRIBE = "transcribe"


class JobStatus(StrEnum):
    """Where a job stands; only ``scribe.jobs`` changes it."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class Job(Timestamped, Base):
    """One piece of work on one meeting, with the lease of the worker that does it.

    ``lease_owner`` is new for every claim, so it fences: a worker that lost its lease cannot write.
    ``worker`` is who claimed it last, for people to read.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("status in ('QUEUED','RUNNING','DONE','FAILED','CANCELLED')", name="status"),
        CheckConstraint("(status = 'RUNNING') = (lease_owner is not null)", name="lease_while_running"),
        Index("ix_jobs_queued", "queue", "not_before", postgresql_where=text("status = 'QUEUED'")),
        Index("ix_jobs_running", "lease_until", postgresql_where=text("status = 'RUNNING'")),
        Index("ix_jobs_failed", "finished_at", postgresql_where=text("status = 'FAILED'")),
        Index(
            "uq_jobs_one_open_a_meeting",
            "meeting_id",
            "kind",
            unique=True,
            postgresql_where=text("status in ('QUEUED','RUNNING')"),
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    kind: Mapped[JobKind] = mapped_column(String(32))
    queue: Mapped[str] = mapped_column(String(32))
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    status: Mapped[JobStatus] = mapped_column(String(16), default=JobStatus.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(server_default=func.now())
    rung_at: Mapped[datetime] = mapped_column(server_default=func.now())
    lease_owner: Mapped[str | None] = mapped_column(String(128))
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None] = mapped_column(String(128))
    claimed_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    stage: Mapped[str | None] = mapped_column(String(32))
    progress: Mapped[float] = mapped_column(default=0.0)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_detail: Mapped[str | None] = mapped_column(String(8000))
    timings: Mapped[dict[str, float]] = mapped_column(default=dict)
    correlation_id: Mapped[str | None] = mapped_column(String(64))

    meeting: Mapped[Meeting] = relationship(lazy="raise")
