"""Which limits hold: those of the row, and where it has none, those of the instance."""

import uuid
from dataclasses import dataclass, fields
from typing import Self

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Limited, Project, User
from scribe.settings import QuotaSettings

PROJECT, ACCOUNT = "this project", "this account"


@dataclass(frozen=True)
class Limits:
    """What one project or account may use; see ``scribe.db.models.Limited``. None: no limit."""

    max_bytes: int | None
    max_minutes_month: int | None
    max_jobs: int | None
    max_upload_bytes: int | None
    max_duration_s: int | None

    @classmethod
    def of(cls, row: Limited, settings: QuotaSettings) -> Self:
        """The limits that hold for the row."""
        own = {field.name: getattr(row, field.name) for field in fields(cls)}
        return cls(
            **{name: getattr(settings, name) if value is None else value for name, value in own.items()}
        )


@dataclass(frozen=True)
class Holder:
    """Whose limits are looked at: a project or an account. ``whose`` is what messages call it."""

    id: uuid.UUID
    whose: str
    limits: Limits

    @property
    def is_project(self) -> bool:
        """Whether it is a project, and not an account."""
        return self.whose == PROJECT


def holder(row: Project | User, settings: QuotaSettings) -> Holder:
    """The project or the account with the limits that hold for it."""
    return Holder(row.id, PROJECT if isinstance(row, Project) else ACCOUNT, Limits.of(row, settings))


async def reserve(session: AsyncSession, whose: Holder) -> None:
    """Have everybody else who wants room of the holder wait until this transaction has ended.

    Of an advisory lock and not of the row: many who hold the row already (its foreign keys do) and want
    it for themselves would wait for each other. Projects first, then accounts, so that no two wait in a ring.
    """
    if whose.limits.max_bytes is None and whose.limits.max_minutes_month is None:
        return
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"quota:{whose.id}", 0))))
