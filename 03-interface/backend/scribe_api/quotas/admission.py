"""Whether a recording may come in, asked before its bytes where possible and again with all facts."""

from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, Project, Usage
from scribe.settings import QuotaSettings


async def admit_recording(
    session: AsyncSession, settings: QuotaSettings, project: Project, meeting: Meeting
) -> None:
    """See that the project and the uploader have room for a recording whose size and length are known."""


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
