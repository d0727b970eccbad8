"""Write the segments of current transcripts into PostgreSQL, where they can be searched."""

import uuid

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import Database
from scribe.db.models import Meeting, Segment
from scribe.revisions.lookup import document_key
from scribe.storage import ObjectNotFound, ObjectStore
from scribe.transcript.document import Segment as DocumentSegment
from scribe.transcript.document import Transcript, loads

log = structlog.get_logger(__name__)


Row = dict[str, object]


async def index_transcript(session: AsyncSession, transcript: Transcript) -> None:
    """Make the index hold this transcript of the meeting; only segments that differ are written.

    The caller holds the meeting's row locked, so that the newest transcript is the one that stays.
    """
    names = {speaker.id: speaker.display_name for speaker in transcript.speakers}
    wanted = {
        segment.id: _row(transcript, segment, names.get(segment.speaker or ""))
        for segment in transcript.segments
    }
    held = await _held(session, transcript.meeting_id)
    gone = held.keys() - wanted.keys()
    if gone:
        of_meeting = Segment.meeting_id == transcript.meeting_id
        await session.execute(delete(Segment).where(of_meeting, Segment.segment_id.in_(gone)))
    changed = [row for segment_id, row in wanted.items() if held.get(segment_id) != row]
    if changed:
        await session.execute(_UPSERT, changed)
    speaking = {row["speaker"] for row in wanted.values()}
    listed = [name for name in dict.fromkeys(names.values()) if name in speaking]
    this_one = update(Meeting).where(Meeting.id == transcript.meeting_id, Meeting.speaker_names != listed)
    await session.execute(this_one.values(speaker_names=listed))


def _row(transcript: Transcript, segment: DocumentSegment, speaker: str | None) -> Row:
    return {
        "meeting_id": transcript.meeting_id,
        "segment_id": segment.id,
        "start": segment.start,
        "end": segment.end,
        "speaker": speaker,
        "language": segment.language or transcript.language,
        "text": segment.text.replace("\0", ""),
    }


_WRITTEN = ("meeting_id", "segment_id", "start", "end", "speaker", "language", "text")
_INSERT = insert(Segment)
_UPSERT = _INSERT.on_conflict_do_update(
    index_elements=["meeting_id", "segment_id"],
    set_={name: _INSERT.excluded[name] for name in _WRITTEN[2:]},
)


async def _held(session: AsyncSession, meeting_id: uuid.UUID) -> dict[int, Row]:
    columns = [Segment.__table__.c[name] for name in _WRITTEN]
    rows = await session.execute(select(*columns).where(Segment.meeting_id == meeting_id))
    return {row["segment_id"]: dict(row) for row in rows.mappings()}


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
            key = await document_key(session, meeting_id, meeting.revision)
            transcript = loads(await store.get_bytes(key))
        except ObjectNotFound:
            log.warning("transcript_missing", meeting_id=str(meeting_id), revision=meeting.revision)
            return False
        await index_transcript(session, transcript)
        return True
