"""A meeting's transcript: the stored document, or rendered on request."""

import asyncio
import hashlib

from fastapi import Request, Response

from scribe.db.models import Meeting
from scribe.storage import ObjectNotFound, keys
from scribe.transcript.document import loads
from scribe.transcript.options import RenderOptions
from scribe.transcript.render import TranscriptFormat, render
from scribe_api.downloads import content_disposition, send_bytes
from scribe_api.errors import TranscriptNotReady
from scribe_api.gateway import Gateway
from scribe_api.meetings.schemas import TranscriptQuery


async def send_transcript(
    gateway: Gateway, meeting: Meeting, request: Request, asked: TranscriptQuery
) -> Response:
    """The current revision; without a format it is sent as it is stored. Raises TranscriptNotReady."""
    if meeting.revision is None:
        raise TranscriptNotReady(status=meeting.status)
    try:
        stored = await gateway.store.get_bytes(keys.transcript(meeting.id, meeting.revision))
    except ObjectNotFound as error:
        raise TranscriptNotReady(status=meeting.status) from error
    shown = asked.format or TranscriptFormat.JSON
    data = stored
    if asked.format is not None:
        data = await asyncio.to_thread(_rendered, stored, asked.format, asked)
    return send_bytes(
        request,
        data,
        etag=hashlib.sha256(data).hexdigest()[:32],
        media_type=shown.media_type,
        disposition=content_disposition(
            f"{meeting.title.replace('/', '-')}.{shown}", attachment=asked.download
        ),
    )


def _rendered(stored: bytes, form: TranscriptFormat, options: RenderOptions) -> bytes:
    return render(loads(stored), form, options).encode()
