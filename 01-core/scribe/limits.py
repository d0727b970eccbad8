"""The limits that are looked at where a recording is processed, and not only where it comes in."""

from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, Project, User
from scribe.settings import QuotaSettings


async def longest_recording(session: AsyncSession, meeting: Meeting, settings: QuotaSettings) -> int | None:
    """How many seconds a recording of this project and this uploader may last; None: as many as it likes."""
    project = await session.get(Project, meeting.project_id)
    uploader = None if meeting.created_by is None else await session.get(User, meeting.created_by)
    own = [row.max_duration_s for row in (project, uploader) if row is not None]
    limits = [settings.max_duration_s if limit is None else limit for limit in own]
    return min((limit for limit in limits if limit is not None), default=None)
