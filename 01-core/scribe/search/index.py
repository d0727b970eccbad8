"""Write the segments of current transcripts into PostgreSQL, where they can be searched."""

import uuid

import structlog
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import Database
from scribe.db.models import Meeting, Segment
from scribe.storage import ObjectNotFound, ObjectStore, keys
from scribe.transcript.document import Transcript, loads

log = structlog.get_logger(__name__)


async def index_transcript(session: AsyncSession, transcript: Transcript) -> None:
    """Replace what the index holds of the meeting with this transcript."""
    names = {speaker.id: speaker.display_name for speaker in transcript.speakers}
    rows = [
        {
            "meeting_id": transcript.meeting_id,
            "position": position,
            "start": segment.start,
            "end": segment.end,
            "speaker": names.get(segment.speaker or ""),
            "text": segment.text,
        }
        for position, segment in enumerate(transcript.segments)
    ]
    await session.execute(delete(Segment).where(Segment.meeting_id == transcript.meeting_id))
    if rows:
        await session.execute(insert(Segment), rows)


async def rebuild(database: Database, store: ObjectStore) -> int:
    """Index every meeting's current transcript anew from S3; returns how many were indexed.

    One transaction a meeting, so the product goes on meanwhile. A transcript that is missing is logged.
    """
    async with database.transaction() as session:
        meetings = list(await session.scalars(select(Meeting.id).where(Meeting.revision.is_not(None))))
    return sum([await _rebuild_one(database, store, meeting_id) for meeting_id in meetings])


async def _rebuild_one(database: Database, store: ObjectStore, meeting_id: uuid.UUID) -> bool:
    async with database.transaction() as session:
        meeting = await session.get(Meeting, meeting_id, with_for_update=True)
        if meeting is None or meeting.revision is None:
            return False
        try:
            transcript = loads(await store.get_bytes(keys.transcript(meeting_id, meeting.revision)))
        except ObjectNotFound:
            log.warning("transcript_missing", meeting_id=str(meeting_id), revision=meeting.revision)
            return False
        await index_transcript(session, transcript)
        return True
