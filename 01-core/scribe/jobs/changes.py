"""Tell who watches that a meeting changed."""

from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import announce_after_commit
from scribe.db.models import Job, Meeting
from scribe.queue import MeetingChanged


def announce_meeting(session: AsyncSession, meeting: Meeting, job: Job | None = None) -> None:
    """Collect the event that shows the meeting as it is now."""
    announce_after_commit(
        session,
        MeetingChanged(
            meeting_id=meeting.id,
            project_id=meeting.project_id,
            status=meeting.status,
            stage=job.stage if job else None,
            progress=job.progress if job else None,
            revision=meeting.revision,
            error_code=meeting.error_code,
            title=meeting.title,
        ),
    )
