"""When meetings are deleted by themselves, for those who look at them."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, Project
from scribe.retention import expires_at
from scribe.settings import QuotaSettings


async def expiries(
    session: AsyncSession, settings: QuotaSettings, meetings: Sequence[Meeting]
) -> dict[uuid.UUID, datetime | None]:
    """The time of each of the meetings; None: it is kept."""
    projects = {meeting.project_id for meeting in meetings}
    found = await session.execute(select(Project.id, Project.retention_days).where(Project.id.in_(projects)))
    days: dict[uuid.UUID, int | None] = dict(iter(found))
    return {
        meeting.id: expires_at(meeting, days.get(meeting.project_id), settings.retention_days)
        for meeting in meetings
    }
