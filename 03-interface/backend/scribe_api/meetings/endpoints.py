"""HTTP for meetings: upload, list, read, edit, delete, retry, cancel, and what was made of them."""

import uuid
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Query, Request, Response

from scribe import jobs
from scribe.jobs import NothingToCancel
from scribe.media.errors import (
    CorruptMedia,
    EmptyMedia,
    MediaProcessDied,
    MediaTimeout,
    MediaTooLong,
    MediaTooShort,
    NoAudioTrack,
    UnsupportedMedia,
)
from scribe.storage import StorageFull, StorageUnavailable
from scribe_api.access.deps import (
    CancellableMeeting,
    CurrentPrincipal,
    DbSession,
    DeletableMeeting,
    DetachedMeeting,
    DetachedPrincipal,
    EditableMeeting,
    GatewayDep,
    ReadableMeeting,
    Reader,
)
from scribe_api.audit.trail import Act, note
from scribe_api.errors import (
    AudioNotReady,
    FileMissing,
    InvalidCursor,
    MeetingNotFound,
    MeetingNotRetryable,
    PeaksNotReady,
    ProjectNotFound,
    ProjectRequired,
    RangeNotSatisfiable,
    SecondFile,
)
from scribe_api.meetings import listing, service
from scribe_api.meetings.forms import UPLOAD_FORM
from scribe_api.meetings.listing import MeetingQuery
from scribe_api.meetings.moving import move
from scribe_api.meetings.recording import Rendition, send_audio, send_peaks
from scribe_api.meetings.schemas import MeetingMove, MeetingPage, MeetingPatch, MeetingRead, MeetingUploaded
from scribe_api.meetings.upload import receive
from scribe_api.openapi import protected
from scribe_api.quotas.errors import QUOTA_ERRORS
from scribe_api.uploads import FieldTooLarge, MalformedForm, UploadIncomplete, UploadTooLarge

router = APIRouter(prefix="/meetings", tags=["meetings"])

_MEDIA_ERRORS = (
    EmptyMedia,
    UnsupportedMedia,
    NoAudioTrack,
    MediaTooShort,
    MediaTooLong,
    CorruptMedia,
    MediaTimeout,
    MediaProcessDied,
)
_FORM_ERRORS = (
    MalformedForm,
    FieldTooLarge,
    UploadTooLarge,
    UploadIncomplete,
    FileMissing,
    SecondFile,
)


@router.post(
    "",
    status_code=201,
    responses=protected(
        *_FORM_ERRORS,
        *_MEDIA_ERRORS,
        *QUOTA_ERRORS,
        ProjectNotFound,
        ProjectRequired,
        StorageUnavailable,
        StorageFull,
    ),
    openapi_extra=UPLOAD_FORM,
)
async def upload_meeting(
    request: Request, gateway: GatewayDep, principal: DetachedPrincipal
) -> MeetingUploaded:
    """Hand in a recording and queue it; the fields may come before the file or after it."""
    return await receive(gateway, principal, request)


@router.get("", responses=protected(InvalidCursor))
async def list_meetings(
    session: DbSession, gateway: GatewayDep, principal: Reader, asked: Annotated[MeetingQuery, Query()]
) -> MeetingPage:
    """The meetings of your projects, newest first unless asked otherwise; administrators see everybody's."""
    return await listing.page(session, gateway.settings.quotas, principal, asked)


@router.get("/{meeting_id}", responses=protected(MeetingNotFound))
async def read_meeting(meeting: ReadableMeeting, session: DbSession, gateway: GatewayDep) -> MeetingRead:
    """One meeting and how far it has come."""
    return await service.describe(session, gateway.settings.quotas, meeting)


@router.patch("/{meeting_id}", responses=protected(MeetingNotFound))
async def edit_meeting(
    meeting: EditableMeeting, body: MeetingPatch, session: DbSession, gateway: GatewayDep
) -> MeetingRead:
    """Change the title, tags, notes and retention, or what is asked of the engines at the next retry."""
    await service.edit(session, meeting, body)
    return await service.describe(session, gateway.settings.quotas, meeting)


@router.delete("/{meeting_id}", status_code=204, responses=protected(MeetingNotFound))
async def delete_meeting(
    meeting: DeletableMeeting,
    principal: CurrentPrincipal,
    session: DbSession,
    gateway: GatewayDep,
    after_commit: BackgroundTasks,
) -> None:
    """Delete the meeting, its recording and its transcripts; a job at work is stopped."""
    await service.delete(session, meeting)
    note(
        session,
        principal,
        Act.MEETING_DELETED,
        project_id=meeting.project_id,
        subject=meeting.id,
        title=meeting.title,
    )
    after_commit.add_task(service.delete_objects, gateway.store, meeting.id)


@router.post(
    "/{meeting_id}/retry", status_code=202, responses=protected(MeetingNotFound, MeetingNotRetryable)
)
async def retry_meeting(meeting: EditableMeeting, session: DbSession, gateway: GatewayDep) -> MeetingRead:
    """Queue a failed or cancelled meeting again, or one whose transcript lacks a part.

    Finished stages are not repeated, and a transcript that is there stays until the new one replaces it.
    """
    await service.retry(session, meeting)
    return await service.describe(session, gateway.settings.quotas, meeting)


@router.post("/{meeting_id}/cancel", responses=protected(MeetingNotFound, NothingToCancel))
async def cancel_meeting(meeting: CancellableMeeting, session: DbSession, gateway: GatewayDep) -> MeetingRead:
    """Stop the processing; a retry resumes after the last finished stage."""
    await jobs.cancel(session, meeting)
    return await service.describe(session, gateway.settings.quotas, meeting)


@router.post("/{meeting_id}/move", responses=protected(MeetingNotFound, ProjectNotFound, *QUOTA_ERRORS))
async def move_meeting(
    meeting_id: uuid.UUID,
    body: MeetingMove,
    session: DbSession,
    gateway: GatewayDep,
    principal: CurrentPrincipal,
) -> MeetingRead:
    """Give the meeting to another project: takes deleting in the one and uploading in the other."""
    quotas = gateway.settings.quotas
    meeting = await move(session, quotas, principal, meeting_id, body.project_id)
    return await service.describe(session, quotas, meeting)


@router.head("/{meeting_id}/audio", include_in_schema=False)
@router.get(
    "/{meeting_id}/audio",
    response_class=Response,
    responses=protected(MeetingNotFound, AudioNotReady, RangeNotSatisfiable, StorageUnavailable),
)
async def read_audio(
    meeting: DetachedMeeting,
    request: Request,
    gateway: GatewayDep,
    rendition: Rendition = Rendition.PLAYBACK,
    redirect: Annotated[bool, Query(description="Redirect to the S3 server where that is public.")] = False,
) -> Response:
    """The recording; takes range requests, so that a browser can seek."""
    return await send_audio(gateway, meeting, rendition, request, redirect=redirect)


@router.get(
    "/{meeting_id}/peaks",
    response_class=Response,
    responses=protected(MeetingNotFound, PeaksNotReady, StorageUnavailable),
)
async def read_peaks(meeting: DetachedMeeting, request: Request, gateway: GatewayDep) -> Response:
    """What a waveform is drawn from."""
    return await send_peaks(gateway, meeting, request)
