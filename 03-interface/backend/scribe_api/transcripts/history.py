"""The history of a transcript: its revisions, and what they have different."""

import asyncio

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, TranscriptRevision
from scribe.revisions.lookup import document_key
from scribe.transcript.document import loads
from scribe.transcript.editing import Difference, difference
from scribe_api.errors import InvalidCursor
from scribe_api.gateway import Gateway
from scribe_api.transcripts.revising import stored_document, wanted_revision
from scribe_api.transcripts.schemas import HIGHEST, DifferenceRead, RevisionPage, RevisionRead


async def page(session: AsyncSession, meeting: Meeting, *, cursor: str | None, limit: int) -> RevisionPage:
    """Up to ``limit`` revisions, newest first, below the one that the cursor names. Raises InvalidCursor."""
    newest_first = TranscriptRevision.revision.desc()
    query = select(TranscriptRevision).where(TranscriptRevision.meeting_id == meeting.id)
    if cursor is not None:
        query = query.where(TranscriptRevision.revision < _number(cursor))
    found = (await session.scalars(query.order_by(newest_first).limit(limit + 1))).all()
    shown = found[:limit]
    return RevisionPage(
        items=[RevisionRead.of(row, meeting.revision) for row in shown],
        next_cursor=str(shown[-1].revision) if len(found) > limit else None,
    )


async def compare(gateway: Gateway, meeting: Meeting, number: int, against: int | None) -> DifferenceRead:
    """What leads to the revision from another, or from the one before it; from itself for the first.

    Raises TranscriptNotReady, RevisionNotFound.
    """
    base = max(1, number - 1) if against is None else against
    async with gateway.database.transaction() as session:
        wanted = [await wanted_revision(session, meeting, one) for one in (base, number)]
        found = [await document_key(session, meeting.id, one) for one in wanted]
    before, after = [await stored_document(gateway.store, meeting, key) for key in found]
    told = await asyncio.to_thread(_difference, before, after)
    return DifferenceRead(**dict(told), revision=number, against=base)


def _difference(before: bytes, after: bytes) -> Difference:
    return difference(loads(before), loads(after))


def _number(cursor: str) -> int:
    if not (cursor.isascii() and cursor.isdecimal() and 0 < int(cursor) <= HIGHEST):
        raise InvalidCursor
    return int(cursor)
