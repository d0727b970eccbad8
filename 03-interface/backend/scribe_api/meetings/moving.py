"""Give a meeting to another project: out of the one like deleting, into the other like handing in."""

import uuid

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import announce_after_commit
from scribe.db.models import Meeting
from scribe.jobs.changes import announce_meeting
from scribe.queue import MeetingDeleted
from scribe.settings import QuotaSettings
from scribe_api.access.deps import find_meeting, find_project
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import Permission, visible_meetings
from scribe_api.audit.trail import Act, note
from scribe_api.quotas.admission import admit_moved

log = structlog.get_logger(__name__)


async def move(
    session: AsyncSession,
    settings: QuotaSettings,
    principal: Principal,
    meeting_id: uuid.UUID,
    project_id: uuid.UUID,
) -> Meeting:
    """Move it, with what it counts for; where it lies there already, nothing happens.

    Who sees only the old project is told that it is gone. Raises MeetingNotFound, ProjectNotFound, the
    errors of ``access.deps.require`` and those of ``quotas.admission``.
    """
    locked = visible_meetings(principal).with_for_update(key_share=True)
    meeting = await find_meeting(session, principal, meeting_id, Permission.DELETE, locked)
    target = await find_project(session, principal, project_id, Permission.UPLOAD)
    source = meeting.project_id
    if target.id == source:
        return meeting
    await admit_moved(session, settings, target, meeting)
    meeting.project_id = target.id
    await session.flush()
    announce_after_commit(session, MeetingDeleted(meeting_id=meeting.id, project_id=source))
    announce_meeting(session, meeting)
    for project in (source, target.id):
        note(
            session,
            principal,
            Act.MEETING_MOVED,
            project_id=project,
            subject=meeting.id,
            title=meeting.title,
            source=str(source),
            target=str(target.id),
        )
    log.info("meeting_moved", meeting_id=str(meeting.id), source=str(source), target=str(target.id))
    return meeting
