"""The layers that every request passes, outermost last, and which requests have room of their own."""

import re

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.types import Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from scribe.settings import Settings
from scribe_api.body_limit import BodyLimit, Room
from scribe_api.defence.addresses import ProxyWatch
from scribe_api.defence.cross_site import SameSiteOnly
from scribe_api.defence.patience import Patience
from scribe_api.edge import Edge
from scribe_api.uploads.tus.protocol import Tus

UPLOADS = (
    Room.streamed("POST", r"/api/v1/meetings"),
    Room.streamed("POST", r"/api/v1/uploads/?"),
    Room.streamed("PATCH", r"/api/v1/uploads/[^/]+"),
    Room.streamed("POST", r"/v1/audio/(transcriptions|translations)"),
)
FINISHING = Room.streamed("HEAD", r"/api/v1/uploads/[^/]+")
"""Who asks where an upload stands may be the one who makes it a meeting, which takes as long as it takes."""
EDITS = Room(frozenset({"POST"}), re.compile(r"/api/v1/meetings/[^/]+/transcript/[a-z]+"), 2 << 20)
"""Operations on a whole transcript at once."""

_TUS = ["Tus-Resumable", "Upload-Offset", "Upload-Length", "Upload-Metadata"]
_ASKED = [
    *_TUS,
    "Authorization",
    "Content-Type",
    "If-Match",
    "Last-Event-ID",
    "Range",
    "Upload-Checksum",
    "Upload-Concat",
    "Upload-Defer-Length",
    "X-API-Key",
    "X-HTTP-Method-Override",
    "X-Request-ID",
]
_TOLD = [
    *_TUS,
    "Content-Disposition",
    "Content-Range",
    "ETag",
    "Location",
    "Retry-After",
    "Tus-Checksum-Algorithm",
    "Tus-Extension",
    "Tus-Max-Size",
    "Tus-Version",
    "Upload-Concat",
    "Upload-Defer-Length",
    "Upload-Expires",
    "Upload-Meeting",
    "X-Request-ID",
]


def defend(app: FastAPI, settings: Settings) -> None:
    """Wrap the application."""
    api = settings.api
    app.add_middleware(BodyLimit, rooms=[*UPLOADS, EDITS])
    app.add_middleware(Patience, answer_s=api.answer_s, stall_s=api.stall_s, is_upload=_is_upload)
    app.add_middleware(Tus, path="/api/v1/uploads")
    app.add_middleware(SameSiteOnly, trusted=[*api.trusted_origins, *api.cors_origins])
    if api.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=api.cors_origins,
            allow_credentials=True,
            allow_methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=_ASKED,
            expose_headers=_TOLD,
        )
    app.add_middleware(Edge, https=settings.auth.cookie_secure)
    if api.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=api.trusted_proxies)
    else:
        app.add_middleware(ProxyWatch)


def _is_upload(scope: Scope) -> bool:
    return any(room.fits(scope) for room in (*UPLOADS, FINISHING))
