"""From one revision to the next: read, change, write, and only then take the lock to make it current."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db import Database
from scribe.db.models import Meeting, TranscriptRevision
from scribe.errors import ScribeError
from scribe.jobs.changes import announce_meeting
from scribe.revisions.current import Origin, discard, make_current, new_suffix
from scribe.revisions.lookup import document_key, last_segment_id
from scribe.storage import ObjectNotFound, ObjectStore, keys
from scribe.transcript.document import Transcript, dumps, loads
from scribe_api.access.authentication import require_good
from scribe_api.access.deps import find_meeting
from scribe_api.access.principals import Principal
from scribe_api.access.visibility import Permission, visible_meetings
from scribe_api.errors import MeetingNotFound, TranscriptNotReady
from scribe_api.gateway import Gateway
from scribe_api.transcripts.errors import RevisionNotFound, RevisionStale
from scribe_api.transcripts.preconditions import Seen

Change = Callable[[Transcript, int], Transcript]
"""From the current document and the highest id of its segments to the next document, which is the same
object where nothing changes; called in a thread."""
Within = Callable[[AsyncSession], Awaitable[None]]

_turns: WeakValueDictionary[uuid.UUID, asyncio.Lock] = WeakValueDictionary()
"""Edits of one meeting take turns in this process: who comes too late learns it before S3 is asked."""


@dataclass(frozen=True)
class Edit:
    """The documents before and after an edit: one and the same where it changed nothing."""

    before: Transcript
    after: Transcript


async def revise(
    gateway: Gateway,
    principal: Principal,
    meeting: Meeting,
    seen: Seen,
    change: Change,
    origin: Origin,
    *,
    within: Within | None = None,
) -> Edit:
    """Make the next revision, for a caller who has seen the current one.

    The document is written under a key of its own before the meeting is locked, so nobody waits for S3
    while others wait for the lock, and who comes second overwrites nothing: the row says which one won.
    within: what else belongs into the transaction that makes it current; it comes before the meeting's lock
    Raises TranscriptNotReady, RevisionStale, what ``change`` raises, and what tells that the caller may not
    edit the meeting any more.
    """
    turns = _turns.setdefault(meeting.id, asyncio.Lock())
    async with turns:
        revision, key, last_id = await _base(gateway.database, meeting, seen)
        stored = await stored_document(gateway.store, meeting, key)
        edit, data = await asyncio.to_thread(_changed, stored, change, last_id)
        if edit.after is edit.before:
            return edit
        origin = replace(origin, suffix=new_suffix())
        written = keys.transcript(meeting.id, edit.after.revision, origin.suffix)
        await gateway.store.put_bytes(written, data, content_type="application/json")
        try:
            async with gateway.database.transaction() as session:
                await require_good(session, principal)
                if within is not None:
                    await within(session)
                locked = await _locked(session, principal, meeting.id)
                if locked.revision != revision:
                    raise RevisionStale(current=locked.revision)
                await make_current(session, locked, edit.after, origin)
                announce_meeting(session, locked)
        except ScribeError:
            # Refused before the commit, so nothing points there. An outage may have come after it.
            await discard(gateway.store, written)
            raise
    return edit


async def _base(database: Database, meeting: Meeting, seen: Seen) -> tuple[int, str, int]:
    """The current revision, where its document lies, and the highest id that a segment has had.

    Raises TranscriptNotReady, MeetingNotFound, RevisionStale.
    """
    current_revision(meeting)
    async with database.transaction() as session:
        revision = await session.scalar(select(Meeting.revision).where(Meeting.id == meeting.id))
        if revision is None:
            raise MeetingNotFound(meeting_id=str(meeting.id))
        seen.require(revision)
        key = await document_key(session, meeting.id, revision)
        return revision, key, await last_segment_id(session, meeting.id)


def _changed(stored: bytes, change: Change, last_id: int) -> tuple[Edit, bytes]:
    before = loads(stored)
    after = change(before, last_id)
    if after is before:
        return Edit(before, before), stored
    numbered = after.model_copy(update={"revision": before.revision + 1})
    return Edit(before, numbered), dumps(numbered)


async def _locked(session: AsyncSession, principal: Principal, meeting_id: uuid.UUID) -> Meeting:
    meetings = visible_meetings(principal).with_for_update(key_share=True)
    return await find_meeting(session, principal, meeting_id, Permission.EDIT, meetings)


def current_revision(meeting: Meeting) -> int:
    """Raises TranscriptNotReady."""
    if meeting.revision is None:
        raise TranscriptNotReady(status=meeting.status)
    return meeting.revision


async def wanted_revision(session: AsyncSession, meeting: Meeting, wanted: int | None) -> int:
    """Which revision is meant, None being the current one. Raises TranscriptNotReady, RevisionNotFound."""
    current = current_revision(meeting)
    if wanted is None or wanted == current:
        return current
    found = select(TranscriptRevision.revision).where(
        TranscriptRevision.meeting_id == meeting.id, TranscriptRevision.revision == wanted
    )
    if await session.scalar(found) is None:
        raise RevisionNotFound(revision=wanted)
    return wanted


async def stored_document(store: ObjectStore, meeting: Meeting, key: str) -> bytes:
    """The document as it is stored. Raises TranscriptNotReady where it is gone."""
    try:
        return await store.get_bytes(key)
    except ObjectNotFound as error:
        raise TranscriptNotReady(status=meeting.status) from error
