"""HTTP for transcripts: read, edit, find and replace, and the history of revisions."""

from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Query, Request, Response

from scribe.storage import StorageFull, StorageUnavailable
from scribe.transcript.document import json_schema
from scribe.transcript.editing.errors import SegmentTooLong, SpeakerNotFound
from scribe_api.access.deps import (
    DbSession,
    DetachedEditableMeeting,
    DetachedMeeting,
    DetachedPrincipal,
    GatewayDep,
    ReadableMeeting,
    Reader,
)
from scribe_api.errors import (
    BodyTooLarge,
    InvalidCursor,
    MeetingNotFound,
    ProjectNotFound,
    TranscriptNotReady,
)
from scribe_api.openapi import protected
from scribe_api.transcripts import history, service
from scribe_api.transcripts.errors import (
    OPERATION_ERRORS,
    GlossaryFull,
    RevisionNotFound,
    RevisionRequired,
    RevisionStale,
)
from scribe_api.transcripts.preconditions import IF_MATCH, SeenRevision
from scribe_api.transcripts.schemas import (
    HIGHEST,
    DifferenceRead,
    Operations,
    Replace,
    Replaced,
    Revised,
    RevisionPage,
    TranscriptQuery,
)
from scribe_api.transcripts.sending import send_transcript

router = APIRouter(prefix="/meetings", tags=["transcripts"])

_Told = TypeVar("_Told", bound=Revised)
_Number = Annotated[int, Path(ge=1, le=HIGHEST, description="A revision.")]
_READ_ERRORS = (MeetingNotFound, TranscriptNotReady, StorageUnavailable)
_WRITE_ERRORS = (*_READ_ERRORS, RevisionRequired, RevisionStale, StorageFull)


@router.get("/transcript-schema", responses=protected())
async def read_transcript_schema(_: Reader) -> dict[str, Any]:
    """The JSON Schema of the transcript document."""
    return json_schema()


@router.get(
    "/{meeting_id}/transcript",
    response_class=Response,
    responses=protected(*_READ_ERRORS, RevisionNotFound),
)
async def read_transcript(
    principal: DetachedPrincipal,
    meeting: DetachedMeeting,
    request: Request,
    gateway: GatewayDep,
    asked: Annotated[TranscriptQuery, Query()],
) -> Response:
    """The transcript: the document itself, or rendered as text, Markdown or subtitles."""
    return await send_transcript(gateway, principal, meeting, request, asked)


@router.post(
    "/{meeting_id}/transcript/operations",
    responses=protected(*_WRITE_ERRORS, *OPERATION_ERRORS, BodyTooLarge),
    openapi_extra=IF_MATCH,
)
async def edit_transcript(
    principal: DetachedPrincipal,
    meeting: DetachedEditableMeeting,
    seen: SeenRevision,
    body: Operations,
    gateway: GatewayDep,
    response: Response,
) -> Revised:
    """Edit the revision that you have seen: all of the operations, or nothing.

    The answer says what changed, and its `ETag` is what the next edit names.
    """
    return _tagged(response, await service.edit(gateway, principal, meeting, seen, body))


@router.post(
    "/{meeting_id}/transcript/replace",
    responses=protected(
        *_WRITE_ERRORS, SpeakerNotFound, SegmentTooLong, GlossaryFull, ProjectNotFound, BodyTooLarge
    ),
    openapi_extra=IF_MATCH,
)
async def replace_in_transcript(
    principal: DetachedPrincipal,
    meeting: DetachedEditableMeeting,
    seen: SeenRevision,
    body: Replace,
    gateway: GatewayDep,
    response: Response,
) -> Replaced:
    """Find a text everywhere and write another; words keep their times, and an empty segment goes."""
    return _tagged(response, await service.find_and_replace(gateway, principal, meeting, seen, body))


@router.get("/{meeting_id}/revisions", responses=protected(MeetingNotFound, InvalidCursor))
async def list_revisions(
    meeting: ReadableMeeting,
    session: DbSession,
    cursor: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> RevisionPage:
    """Who changed the transcript, when and how, newest first."""
    return await history.page(session, meeting, cursor=cursor, limit=limit)


@router.get("/{meeting_id}/revisions/{number}/diff", responses=protected(*_READ_ERRORS, RevisionNotFound))
async def compare_revisions(
    meeting: DetachedMeeting,
    number: _Number,
    gateway: GatewayDep,
    against: Annotated[
        int | None, Query(ge=1, le=HIGHEST, description="Left out: the revision before.")
    ] = None,
) -> DifferenceRead:
    """What a revision has different from another: segments, words and speakers."""
    return await history.compare(gateway, meeting, number, against)


@router.post(
    "/{meeting_id}/revisions/{number}/restore",
    responses=protected(*_WRITE_ERRORS, RevisionNotFound),
    openapi_extra=IF_MATCH,
)
async def restore_revision(
    principal: DetachedPrincipal,
    meeting: DetachedEditableMeeting,
    number: _Number,
    seen: SeenRevision,
    gateway: GatewayDep,
    response: Response,
) -> Revised:
    """Make a new revision that is as the old one was; nothing of the history is lost."""
    return _tagged(response, await service.restore(gateway, principal, meeting, seen, number))


def _tagged(response: Response, told: _Told) -> _Told:
    """The answer, with the revision that it tells of as its validator."""
    response.headers["ETag"] = f'"{told.revision}"'
    return told
