"""A transcript on its way out: the stored document, or rendered on request."""

import asyncio
import hashlib

from fastapi import Request, Response

from scribe.db.models import Meeting
from scribe.revisions.lookup import document_key
from scribe.transcript.document import loads
from scribe.transcript.options import RenderOptions
from scribe.transcript.render import TranscriptFormat, render
from scribe_api.access.principals import Principal
from scribe_api.audit.trail import Act, note
from scribe_api.downloads import content_disposition, send_bytes
from scribe_api.gateway import Gateway
from scribe_api.transcripts.revising import stored_document, wanted_revision
from scribe_api.transcripts.schemas import TranscriptQuery


async def send_transcript(
    gateway: Gateway, principal: Principal, meeting: Meeting, request: Request, asked: TranscriptQuery
) -> Response:
    """A revision; without a format it is sent as it is stored, and its number is its ETag.

    A download is remembered in the audit log. Raises TranscriptNotReady, RevisionNotFound.
    """
    async with gateway.database.transaction() as session:
        revision = await wanted_revision(session, meeting, asked.revision)
        key = await document_key(session, meeting.id, revision)
    data = await stored_document(gateway.store, meeting, key)
    shown = asked.format or TranscriptFormat.JSON
    etag = str(revision)
    if asked.format is not None:
        data = await asyncio.to_thread(_rendered, data, asked.format, asked)
        etag = hashlib.sha256(data).hexdigest()[:32]
    disposition = content_disposition(f"{meeting.title.replace('/', '-')}.{shown}", attachment=asked.download)
    if asked.download:
        async with gateway.database.transaction() as session:
            note(
                session,
                principal,
                Act.MEETING_EXPORTED,
                project_id=meeting.project_id,
                subject=meeting.id,
                revision=revision,
                format=shown,
            )
    return send_bytes(request, data, etag=etag, media_type=shown.media_type, disposition=disposition)


def _rendered(stored: bytes, form: TranscriptFormat, options: RenderOptions) -> bytes:
    return render(loads(stored), form, options).encode()
