"""The last step of every upload, however it came: a recording that lies in S3 becomes a queued meeting."""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import structlog
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from scribe import deletions, jobs
from scribe.db.models import Job, JobKind, Meeting, Project
from scribe.media.info import MediaInfo
from scribe.retention import expires_at
from scribe.storage import StoredObject, keys
from scribe_api.access.authentication import require_good
from scribe_api.access.destination import destination
from scribe_api.access.principals import Principal
from scribe_api.gateway import Gateway
from scribe_api.meetings.duplicates import duplicates
from scribe_api.meetings.schemas import TITLE_LENGTH, MeetingUploaded, UploadFields
from scribe_api.metrics import UPLOADED_BYTES
from scribe_api.quotas import admission
from scribe_api.rendering import invalid_request
from scribe_api.schemas import one_line
from scribe_api.uploads import UploadIncomplete

log = structlog.get_logger(__name__)

FILENAME_LENGTH = 1024
UNNAMED = "recording"

Within = Callable[[AsyncSession, Sequence[uuid.UUID]], Awaitable[None]]


@dataclass(frozen=True)
class Recording:
    """A recording that lies in S3, and what a look at it told."""

    stored: StoredObject
    filename: str
    content_type: str
    media: MediaInfo
    sha256: str | None = None


def shown_filename(filename: str | None) -> str:
    """The name as it is kept: the last component of a path, one line, not too long, never empty."""
    leaf = one_line(filename or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    return leaf[:FILENAME_LENGTH] if leaf.strip(".") else UNNAMED


def validated_fields(fields: Mapping[str, str]) -> UploadFields:
    """The fields of an upload as its client sent them; empty ones count as absent. Raises InvalidRequest."""
    try:
        form = UploadFields.model_validate({name: value for name, value in fields.items() if value})
        form.asked({})
    except ValidationError as error:
        raise invalid_request(error) from error
    return form


async def admit(
    gateway: Gateway,
    principal: Principal,
    meeting_id: uuid.UUID,
    recording: Recording,
    fields: UploadFields,
    *,
    within: Within | None = None,
) -> MeetingUploaded:
    """Make the meeting and its job in one transaction, and withdraw the deletion noted for its objects.

    within: what else belongs into that transaction; it is told the meetings with the same recording

    Raises the errors of ``access.destination`` and ``quotas.admission``, InvalidRequest where the wishes do
    not fit those of the project, and UploadIncomplete where the objects are being deleted already.
    """
    async with gateway.database.transaction() as session:
        await require_good(session, principal)
        project = await destination(session, principal, fields.project_id)
        meeting = _meeting(meeting_id, principal, project, recording, fields)
        same = await duplicates(session, principal, meeting)
        await admission.admit_recording(session, gateway.settings.quotas, project, meeting)
        if within is not None:
            await within(session, same)
        if not await deletions.withdraw(session, keys.meeting(meeting_id)):
            raise UploadIncomplete
        job = await _record(session, meeting)
    UPLOADED_BYTES.inc(meeting.size)
    log.info("meeting_uploaded", meeting_id=str(meeting_id), size=meeting.size, format=meeting.format)
    expires = expires_at(meeting, project.retention_days, gateway.settings.quotas.retention_days)
    return MeetingUploaded.told(meeting, job, expires, same)


async def _record(session: AsyncSession, meeting: Meeting) -> Job:
    session.add(meeting)
    await session.flush()
    await admission.record_usage(session, meeting)
    return await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)


def _meeting(
    meeting_id: uuid.UUID, principal: Principal, project: Project, recording: Recording, fields: UploadFields
) -> Meeting:
    media = recording.media
    try:
        asked = fields.asked({**project.options, "language": project.language})
    except ValidationError as error:
        raise invalid_request(error) from error
    stem = PurePosixPath(recording.filename.replace("\\", "/")).stem
    return Meeting(
        id=meeting_id,
        project_id=project.id,
        created_by=principal.acts_for,
        title=fields.title or stem[:TITLE_LENGTH] or UNNAMED,
        tags=fields.tags or [],
        filename=recording.filename,
        source_key=recording.stored.key,
        content_type=recording.content_type,
        size=recording.stored.size,
        sha256=recording.sha256,
        duration=media.duration,
        format=media.format,
        codec=media.codec,
        bitrate=media.bitrate,
        sample_rate=media.sample_rate,
        channels=media.channels,
        has_video=media.has_video,
        language=asked.language,
        speakers=asked.speakers,
        options=asked.stored,
    )
