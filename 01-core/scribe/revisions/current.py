"""Make a revision the current one: its row, the meeting's pointer and the search index together."""

import secrets
import uuid
from dataclasses import dataclass, field

import structlog
from pydantic import JsonValue
from sqlalchemy.ext.asyncio import AsyncSession

from scribe.db.models import Meeting, RevisionKind, TranscriptRevision
from scribe.revisions.lookup import last_segment_id
from scribe.search.index import index_transcript
from scribe.storage import ObjectStore, StorageRefused, StorageUnavailable
from scribe.transcript.document import Transcript

log = structlog.get_logger(__name__)

MACHINE = "machine"
"""Who wrote what a worker published."""


@dataclass(frozen=True)
class Origin:
    """Who wrote a revision and how; as the columns of ``TranscriptRevision``."""

    kind: RevisionKind = RevisionKind.MACHINE
    actor: str = MACHINE
    created_by: uuid.UUID | None = None
    suffix: str | None = None
    restored_from: int | None = None
    summary: dict[str, JsonValue] = field(default_factory=dict)


def new_suffix() -> str:
    """A suffix for a key that nobody else writes to."""
    return secrets.token_hex(8)


async def make_current(
    session: AsyncSession, meeting: Meeting, transcript: Transcript, origin: Origin
) -> None:
    """Point the meeting to the transcript, which is in S3 already, and let search follow.

    The meeting's row is locked by the caller, and ``transcript.revision`` is one above the current one.
    """
    known = await last_segment_id(session, meeting.id)
    session.add(
        TranscriptRevision(
            meeting_id=meeting.id,
            revision=transcript.revision,
            created_by=origin.created_by,
            actor=origin.actor,
            kind=origin.kind,
            suffix=origin.suffix,
            last_segment_id=max([known, *(segment.id for segment in transcript.segments)]),
            restored_from=origin.restored_from,
            summary=origin.summary,
        )
    )
    meeting.revision = transcript.revision
    meeting.spoken_language = transcript.language
    meeting.warnings = [notice.model_dump() for notice in transcript.warnings]
    await session.flush()
    await index_transcript(session, transcript)


async def discard(store: ObjectStore, key: str) -> None:
    """Remove a document that nothing points to; what stays goes with the meeting."""
    try:
        await store.delete(key)
    except (StorageUnavailable, StorageRefused) as error:
        log.warning("revision_left", key=key, reason=str(error))
