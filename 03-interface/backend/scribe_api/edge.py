"""The outermost layer: a correlation id on every request, and no exception that escapes unrendered."""

import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scribe.logging import CORRELATION_ID
from scribe_api.audit.trail import client_address
from scribe_api.defence.addresses import address_of
from scribe_api.defence.headers import secure
from scribe_api.metrics import HTTP_REQUESTS, HTTP_SECONDS
from scribe_api.rendering import render_unexpected

log = structlog.get_logger(__name__)

HEADER = "X-Request-ID"
_TRUSTWORTHY_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_CLIENT_ERROR = 400
_SWITCHED = 101
WEBSOCKET = "WEBSOCKET"
"""What stands for the method of a connection that becomes a WebSocket."""
_QUIET = ("GET", "HEAD", "OPTIONS")


class Edge:
    """Pure ASGI, so that bodies stream through in both directions."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, https=self._https)
        client_address.set(address_of(scope))
        with structlog.contextvars.bound_contextvars(**{CORRELATION_ID: exchange.correlation_id}):
            try:
                await self._app(scope, receive, exchange.send)
            except Exception as error:
                if exchange.status is not None:
                    log.warning("response_cut_short", path=scope["path"], exc_info=error)
                    raise
                await render_unexpected(error)(scope, receive, exchange.send)
            finally:
                exchange.record()


class _Exchange:
    """One request and what became of it."""

    def __init__(self, scope: Scope, send: Send, *, https: bool) -> None:
        asked = Headers(scope=scope).get(HEADER, "")
        self.correlation_id = asked if _TRUSTWORTHY_ID.fullmatch(asked) else uuid.uuid4().hex
        self.status: int | None = None
        self._scope = scope
        self._send = send
        self._https = https
        self._started = time.perf_counter()

    async def send(self, message: Message) -> None:
        """Pass the message on; the first one gets the headers that every response carries."""
        if message["type"] == "websocket.accept":
            self.status = _SWITCHED
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[HEADER] = self.correlation_id
            secure(headers, self._scope["path"], https=self._https)
        await self._send(message)

    def record(self) -> None:
        """Count the request under its route's template; log it when it changed or refused something."""
        seconds = time.perf_counter() - self._started
        method = self._scope.get("method", WEBSOCKET)
        route = getattr(self._scope.get("route"), "path", "unmatched")
        status = self.status or 0
        HTTP_REQUESTS.labels(method, route, status).inc()
        if method != WEBSOCKET:  # how long somebody watches is not how long an answer takes
            HTTP_SECONDS.labels(method, route).observe(seconds)
        noteworthy = method not in _QUIET or status >= _CLIENT_ERROR
        level = log.info if noteworthy else log.debug
        level("request_served", method=method, route=route, status=status, seconds=round(seconds, 4))
