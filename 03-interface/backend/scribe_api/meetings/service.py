"""What can be done to meetings that exist: edit, retry, cancel, delete."""

import uuid
from collections.abc import Iterable
from contextlib import suppress

import structlog
from pydantic import ValidationError
from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from scribe import deletions, jobs
from scribe.db import announce_after_commit
from scribe.db.models import Job, JobKind, Meeting, MeetingStatus
from scribe.jobs import NothingToCancel
from scribe.jobs.changes import announce_meeting
from scribe.queue import MeetingDeleted
from scribe.settings import QuotaSettings
from scribe.storage import ObjectStore, StorageRefused, StorageUnavailable, keys
from scribe.transcript.document import INCOMPLETE
from scribe_api.errors import MeetingNotFound, MeetingNotRetryable
from scribe_api.meetings.expiry import expiries
from scribe_api.meetings.schemas import OWN_FIELDS, MeetingPatch, MeetingRead
from scribe_api.rendering import invalid_request

log = structlog.get_logger(__name__)

MOST_ANNOUNCED = 500
RETRYABLE = frozenset({MeetingStatus.FAILED, MeetingStatus.CANCELLED})


async def describe(session: AsyncSession, settings: QuotaSettings, meeting: Meeting) -> MeetingRead:
    """The meeting with its newest job."""
    newest = await newest_jobs(session, [meeting.id])
    expires = await expiries(session, settings, [meeting])
    return MeetingRead.of(meeting, newest.get(meeting.id), expires[meeting.id])


async def edit(session: AsyncSession, meeting: Meeting, patch: MeetingPatch) -> None:
    """Apply the patch and tell who watches. Raises InvalidRequest where it does not fit what is there."""
    for name in patch.model_fields_set & OWN_FIELDS:
        setattr(meeting, name, getattr(patch, name))
    if patch.model_fields_set - OWN_FIELDS:
        before = {**meeting.options, "language": meeting.language, "speakers": meeting.speakers}
        try:
            asked = patch.asked(before)
        except ValidationError as error:
            raise invalid_request(error) from error
        meeting.language, meeting.speakers, meeting.options = asked.language, asked.speakers, asked.stored
    await session.flush()
    announce_meeting(session, meeting)


async def retry(session: AsyncSession, meeting: Meeting) -> None:
    """Queue it again; the meeting is locked, so of two retries at once one finds it queued.

    Raises MeetingNotRetryable unless the last job failed, was cancelled, or left something out.
    """
    if meeting.status not in RETRYABLE and not _left_something_out(meeting):
        raise MeetingNotRetryable(status=meeting.status)
    await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)


def _left_something_out(meeting: Meeting) -> bool:
    """Whether the transcript was delivered without a part that may still be had."""
    codes = {warning["code"] for warning in meeting.warnings}
    return meeting.status == MeetingStatus.COMPLETED and not codes.isdisjoint(INCOMPLETE)


async def delete(session: AsyncSession, meeting: Meeting) -> None:
    """Take the job away from its worker and remove every row; the objects go after the commit.

    Raises MeetingNotFound where another deletion came first, or a move to a project where the caller's
    right to delete was not looked up.
    """
    with suppress(NothingToCancel):
        await jobs.cancel(session, meeting)
    still_there = Meeting.id == meeting.id, Meeting.project_id == meeting.project_id
    if await session.scalar(delete_rows(Meeting).where(*still_there).returning(Meeting.id)) is None:
        raise MeetingNotFound(meeting_id=str(meeting.id))
    await deletions.note(session, keys.meeting(meeting.id))
    announce_after_commit(session, MeetingDeleted(meeting_id=meeting.id, project_id=meeting.project_id))
    log.info("meeting_deleted", meeting_id=str(meeting.id))


async def delete_all(session: AsyncSession, project_id: uuid.UUID) -> int:
    """Delete a project's meetings in a few statements, however many they are; their objects are swept.

    The caller holds the project's row, so none comes in; one that was moved out meanwhile stays. Who
    watches hears of each, unless they are so many that this would be all that they hear.
    """
    await jobs.cancel_all(session, project_id)
    inside = delete_rows(Meeting).where(Meeting.project_id == project_id).returning(Meeting.id)
    gone = (await session.scalars(inside.execution_options(synchronize_session=False))).all()
    await deletions.note_all(session, [keys.meeting(meeting_id) for meeting_id in gone])
    if len(gone) <= MOST_ANNOUNCED:
        for meeting_id in gone:
            announce_after_commit(session, MeetingDeleted(meeting_id=meeting_id, project_id=project_id))
    return len(gone)


async def delete_objects(store: ObjectStore, meeting_id: uuid.UUID) -> None:
    """Remove the meeting's objects; those that cannot be removed now are swept later."""
    try:
        await store.delete_prefix(keys.meeting(meeting_id))
    except (StorageUnavailable, StorageRefused) as error:
        log.warning("objects_left", meeting_id=str(meeting_id), reason=str(error))


async def newest_jobs(session: AsyncSession, meeting_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Job]:
    """The newest job of each of the meetings."""
    newest = await session.scalars(
        select(Job)
        .where(Job.meeting_id.in_(meeting_ids))
        .ext(distinct_on(Job.meeting_id))
        .order_by(Job.meeting_id, Job.created_at.desc(), Job.id)
    )
    return {job.meeting_id: job for job in newest}
