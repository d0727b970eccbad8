"""Which object of a meeting is heard, and how it gets to the client."""

from enum import StrEnum
from pathlib import PurePosixPath

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from scribe.db.models import Meeting
from scribe.storage import ObjectHead, ObjectNotFound, keys
from scribe_api.downloads import content_disposition, send_bytes, send_object
from scribe_api.errors import AudioNotReady, PeaksNotReady
from scribe_api.gateway import Gateway

REDIRECT_LIFETIME_S = 3600


class Rendition(StrEnum):
    """A form of the recording."""

    PLAYBACK = "playback"
    ENGINE = "engine"
    SOURCE = "source"


async def send_audio(
    gateway: Gateway, meeting: Meeting, rendition: Rendition, request: Request, *, redirect: bool
) -> Response:
    """The recording, or a redirect to the S3 server where clients can reach that.

    Raises AudioNotReady, RangeNotSatisfiable.
    """
    head = await _head(gateway, meeting, rendition)
    name = _filename(meeting, rendition)
    if redirect and gateway.settings.s3.public_endpoint is not None:
        url = await gateway.store.presign_get(head.key, expires_s=REDIRECT_LIFETIME_S, filename=name)
        return RedirectResponse(url, status_code=307, headers={"Cache-Control": "no-store"})
    disposition = content_disposition(name, attachment=rendition is Rendition.SOURCE)
    return send_object(request, gateway.store, head, disposition)


async def send_peaks(gateway: Gateway, meeting: Meeting, request: Request) -> Response:
    """The waveform, as JSON. Raises PeaksNotReady."""
    try:
        data = await gateway.store.get_bytes(keys.peaks(meeting.id))
    except ObjectNotFound as error:
        raise PeaksNotReady(status=meeting.status) from error
    return send_bytes(
        request,
        data,
        etag=f"peaks-{meeting.id}-{len(data)}",
        media_type="application/json",
        disposition=content_disposition("peaks.json", attachment=False),
    )


async def _head(gateway: Gateway, meeting: Meeting, rendition: Rendition) -> ObjectHead:
    key = {
        Rendition.PLAYBACK: keys.playback(meeting.id),
        Rendition.ENGINE: keys.audio(meeting.id),
        Rendition.SOURCE: meeting.source_key,
    }[rendition]
    head = await gateway.store.head(key)
    if head is None:
        raise AudioNotReady(status=meeting.status)
    return head


def _filename(meeting: Meeting, rendition: Rendition) -> str:
    leaf = PurePosixPath(meeting.filename.replace("\\", "/"))
    suffix = {Rendition.PLAYBACK: ".m4a", Rendition.ENGINE: ".flac", Rendition.SOURCE: leaf.suffix}[rendition]
    return f"{leaf.stem}{suffix}"
