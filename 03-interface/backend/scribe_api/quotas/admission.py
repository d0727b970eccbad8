"""Whether a recording may come in, asked before its bytes where possible and again with all facts."""

import math
import uuid

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, Project, Usage, User
from scribe.settings import QuotaSettings
from scribe_api.errors import ProjectNotFound
from scribe_api.quotas.consumption import SECONDS, seconds_this_month, stored_bytes
from scribe_api.quotas.errors import (
    QuotaBytesExceeded,
    QuotaDurationExceeded,
    QuotaMinutesExceeded,
    RecordingTooLarge,
)
from scribe_api.quotas.limits import Holder, holder, reserve


async def admit_bytes(
    session: AsyncSession,
    settings: QuotaSettings,
    project: Project | None,
    user_id: uuid.UUID | None,
    size: int,
    *,
    meeting_id: uuid.UUID | None = None,
) -> None:
    """See that there is room for that many bytes, before they flow.

    Whatever the transaction writes to promise them the room counts for whoever asks next.
    project: None while it is not known; ``meeting_id``: whose own upload is not to be counted.
    Raises RecordingTooLarge, QuotaBytesExceeded, and QuotaMinutesExceeded where the month is used up.
    """
    for whose in await _holders(session, settings, project, user_id):
        await reserve(session, whose)
        await _require_bytes(session, whose, size, but=meeting_id)
        await _require_seconds(session, whose, 0.0)


async def admit_recording(
    session: AsyncSession, settings: QuotaSettings, project: Project, meeting: Meeting
) -> None:
    """See that the project and the uploader have room for a recording whose size and length are known.

    Two at once cannot both take the last room, and the project stays until the transaction has ended.
    Raises ProjectNotFound where it is gone, RecordingTooLarge and the kinds of QuotaExceeded.
    """
    await _hold(session, project.id)
    for whose in await _holders(session, settings, project, meeting.created_by):
        await reserve(session, whose)
        await _require(session, whose, meeting, meeting.duration or 0.0)


async def admit_moved(
    session: AsyncSession, settings: QuotaSettings, project: Project, meeting: Meeting
) -> None:
    """See that the project has room for a meeting of another one, which takes its usage along.

    For its uploader nothing changes. Raises what ``admit_recording`` does.
    """
    await _hold(session, project.id)
    target = holder(project, settings)
    await reserve(session, target)
    this_month = Usage.created_at >= func.date_trunc("month", func.now(), "UTC")
    counted = select(func.sum(Usage.seconds)).where(Usage.meeting_id == meeting.id, this_month)
    await _require(session, target, meeting, float(await session.scalar(counted) or 0.0))
    await session.execute(
        update(Usage)
        .where(Usage.meeting_id == meeting.id)
        .values(project_id=project.id)
        .execution_options(synchronize_session=False)
    )


async def record_usage(session: AsyncSession, meeting: Meeting) -> None:
    """Count the recording against the month, for good."""
    session.add(
        Usage(
            project_id=meeting.project_id,
            user_id=meeting.created_by,
            meeting_id=meeting.id,
            seconds=meeting.duration or 0.0,
            size=meeting.size,
        )
    )


async def _hold(session: AsyncSession, project_id: uuid.UUID) -> None:
    """Whoever deletes the project waits for this transaction, or came first."""
    there = select(Project.id).where(Project.id == project_id)
    if await session.scalar(there.with_for_update(read=True, key_share=True)) is None:
        raise ProjectNotFound(project_id=str(project_id))


async def _holders(
    session: AsyncSession, settings: QuotaSettings, project: Project | None, user_id: uuid.UUID | None
) -> list[Holder]:
    user = None if user_id is None else await session.get(User, user_id)
    return [holder(row, settings) for row in (project, user) if row is not None]


async def _require(session: AsyncSession, whose: Holder, meeting: Meeting, seconds: float) -> None:
    longest, duration = whose.limits.max_duration_s, meeting.duration or 0.0
    if longest is not None and duration > longest:
        raise QuotaDurationExceeded(whose=whose.whose, limit=longest, needed=math.ceil(duration))
    await _require_bytes(session, whose, meeting.size, but=meeting.id)
    await _require_seconds(session, whose, seconds)


async def _require_bytes(session: AsyncSession, whose: Holder, size: int, *, but: uuid.UUID | None) -> None:
    largest, room = whose.limits.max_upload_bytes, whose.limits.max_bytes
    if largest is not None and size > largest:
        raise RecordingTooLarge(whose=whose.whose, limit=largest, needed=size)
    if room is None:
        return
    used = await stored_bytes(session, whose, but=but)
    if used + size > room:
        raise QuotaBytesExceeded(whose=whose.whose, limit=room, used=used, needed=size)


async def _require_seconds(session: AsyncSession, whose: Holder, seconds: float) -> None:
    """Without a length yet, a month that is used up is refused all the same: no recording is that short."""
    minutes = whose.limits.max_minutes_month
    if minutes is None:
        return
    used = await seconds_this_month(session, whose)
    if used + seconds > minutes * SECONDS or (not seconds and used >= minutes * SECONDS):
        raise QuotaMinutesExceeded(
            whose=whose.whose,
            limit=minutes,
            used=math.ceil(used / SECONDS),
            needed=math.ceil(seconds / SECONDS) or 1,
        )
