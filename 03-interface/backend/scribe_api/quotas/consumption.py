"""How much a project or an account uses: summed up from what is there, so nothing can drift."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import (
    Job,
    JobStatus,
    Meeting,
    Upload,
    UploadKind,
    UploadState,
    Usage,
)
from scribe_api.quotas.limits import Holder

SECONDS = 60


@dataclass(frozen=True)
class Month:
    """What was handed in during a calendar month (UTC), ``name`` as in 2026-11."""

    name: str
    recordings: int
    seconds: float
    size: int


async def stored_bytes(session: AsyncSession, holder: Holder, *, but: uuid.UUID | None = None) -> int:
    """Bytes of the stored recordings, and those promised to resumable uploads that are under way.

    ``but``: a meeting whose own upload, with the pieces that it is made of, does not count.
    """
    in_meetings = select(func.coalesce(func.sum(Meeting.size), 0)).where(_meetings_of(holder))
    promised = func.coalesce(Upload.length, Upload.received)
    in_uploads = select(func.coalesce(func.sum(promised), 0)).where(
        Upload.project_id == holder.id if holder.is_project else Upload.created_by == holder.id,
        _takes_room(),
    )
    if but is not None:
        own = select(func.unnest(Upload.pieces)).where(Upload.meeting_id == but)
        in_uploads = in_uploads.where(Upload.meeting_id != but, Upload.id.not_in(own))
    total = await session.scalar(select(in_meetings.scalar_subquery() + in_uploads.scalar_subquery()))
    return int(total or 0)


def _takes_room() -> ColumnElement[bool]:
    """Pieces stay until a recording is made of them, which therefore takes none of its own."""
    under_way = Upload.state.in_((UploadState.OPEN, UploadState.RECEIVED))
    return or_(
        and_(Upload.kind == UploadKind.WHOLE, under_way),
        and_(Upload.kind == UploadKind.PARTIAL, or_(under_way, Upload.state == UploadState.DONE)),
    )


async def seconds_this_month(session: AsyncSession, holder: Holder) -> float:
    """Seconds of audio handed in since the month began (UTC), deleted meetings included."""
    month = func.date_trunc("month", func.now(), "UTC")
    total = await session.scalar(
        select(func.sum(Usage.seconds)).where(_usage_of(holder), Usage.created_at >= month)
    )
    return float(total or 0.0)


async def by_month(session: AsyncSession, holder: Holder, months: int) -> list[Month]:
    """The last months in which anything was handed in, this one included, newest first."""
    first = func.date_trunc("month", func.now(), "UTC") - func.make_interval(0, months - 1)
    name = func.to_char(func.timezone("UTC", Usage.created_at), "YYYY-MM")
    found = await session.execute(
        select(name, func.count(), func.sum(Usage.seconds), func.sum(Usage.size))
        .where(_usage_of(holder), Usage.created_at >= first)
        .group_by(name)
        .order_by(name.desc())
    )
    return [Month(month, count, float(seconds), int(size)) for month, count, seconds, size in found]


async def open_jobs(session: AsyncSession, holder: Holder) -> tuple[int, int]:
    """How many jobs run, and how many wait."""
    counted = await session.execute(
        select(Job.status, func.count())
        .join(Meeting, Meeting.id == Job.meeting_id)
        .where(_meetings_of(holder), Job.status.in_((JobStatus.RUNNING, JobStatus.QUEUED)))
        .group_by(Job.status)
    )
    count: dict[str, int] = dict(iter(counted))
    return count.get(JobStatus.RUNNING, 0), count.get(JobStatus.QUEUED, 0)


def _meetings_of(holder: Holder) -> ColumnElement[bool]:
    return Meeting.project_id == holder.id if holder.is_project else Meeting.created_by == holder.id


def _usage_of(holder: Holder) -> ColumnElement[bool]:
    return Usage.project_id == holder.id if holder.is_project else Usage.user_id == holder.id
