"""What the rows of a transcript's revisions tell about it."""

import uuid

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, RevisionKind, TranscriptRevision
from scribe.storage import keys


async def document_key(session: AsyncSession, meeting_id: uuid.UUID, revision: int) -> str:
    """Where the document of that revision lies."""
    suffix = await session.scalar(
        select(TranscriptRevision.suffix).where(
            TranscriptRevision.meeting_id == meeting_id, TranscriptRevision.revision == revision
        )
    )
    return keys.transcript(meeting_id, revision, suffix)


async def last_segment_id(session: AsyncSession, meeting_id: uuid.UUID) -> int:
    """The highest id that a segment of the meeting has had in any revision, as far as that is known."""
    highest = select(func.max(TranscriptRevision.last_segment_id)).where(
        TranscriptRevision.meeting_id == meeting_id
    )
    return await session.scalar(highest) or 0


async def was_edited(session: AsyncSession, meeting: Meeting) -> bool:
    """Whether people have worked on the current revision."""
    kind = await session.scalar(
        select(TranscriptRevision.kind).where(
            TranscriptRevision.meeting_id == meeting.id, TranscriptRevision.revision == meeting.revision
        )
    )
    return kind is not None and kind != RevisionKind.MACHINE
