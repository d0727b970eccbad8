"""The same recording, handed in before: told to whoever hands it in again, never refused."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import Permission, permissions, visible_meetings

MOST_TOLD = 20


async def duplicates(session: AsyncSession, principal: Principal, meeting: Meeting) -> list[uuid.UUID]:
    """The ids of meetings of the same project with this recording, newest first, for who may read them."""
    if Permission.READ not in await permissions(session, principal, meeting.project_id):
        return []
    same = visible_meetings(principal).where(
        Meeting.project_id == meeting.project_id,
        Meeting.sha256 == meeting.sha256,
        Meeting.id != meeting.id,
    )
    newest = same.order_by(Meeting.created_at.desc()).limit(MOST_TOLD).with_only_columns(Meeting.id)
    return list(await session.scalars(newest))
