"""Every error under /v1 in OpenAI's shape, wherever it comes from: endpoints, limits, the router itself."""

from typing import Final

from pydantic import ValidationError
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scribe_api import openapi
from scribe_api.openai.schemas import ErrorBody, ErrorEnvelope, Kind

PREFIX: Final = "/v1"

_CLIENT_ERROR: Final = 400
_TOO_MANY: Final = 429
_SERVER_ERROR: Final = 500
_CODES: Final = dict.fromkeys(
    ("API_KEY_INVALID", "NOT_AUTHENTICATED", "TOKEN_INVALID", "TOKEN_EXPIRED"), "invalid_api_key"
)


def spoken(status: int, error: openapi.ErrorBody) -> ErrorEnvelope:
    """One of our errors as OpenAI would tell it."""
    message, param = error.message, None
    fields = error.detail.get("fields") or []
    if fields:
        param = fields[0]["field"]
        message = "; ".join(f"{field['field']}: {field['problem']}" for field in fields)
    return ErrorEnvelope(
        error=ErrorBody(
            message=message,
            type=_kind(status),
            param=param,
            code=_CODES.get(error.code, error.code.lower()),
            detail=error.detail,
        )
    )


def _kind(status: int) -> Kind:
    if status >= _SERVER_ERROR:
        return "server_error"
    return "rate_limit_error" if status == _TOO_MANY else "invalid_request_error"


class Dialect:
    """The outermost layer of all: it translates the bodies of errors and touches nothing else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        ours = scope["type"] == "http" and scope["path"].startswith(f"{PREFIX}/")
        await self._app(scope, receive, _Translator(send).send if ours else send)


class _Translator:
    """Holds the beginning of an error back until its body is complete; errors are small."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass the message on, now or in the other shape."""
        if message["type"] == "http.response.start" and message["status"] >= _CLIENT_ERROR:
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._tell(self._start)

    async def _tell(self, start: Message) -> None:
        try:
            error = openapi.ErrorEnvelope.model_validate_json(self._body).error
        except ValidationError:
            body = self._body
        else:
            body = spoken(start["status"], error).model_dump_json().encode()
        MutableHeaders(scope=start)["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})
