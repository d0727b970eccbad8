"""The one place that turns an exception into a response."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from scribe.db import DATABASE_ERRORS, is_outage
from scribe.errors import DatabaseUnavailable, ScribeError
from scribe.logging import current_correlation_id
from scribe_api.defence.errors import BodyStalled
from scribe_api.errors import (
    AddressNotFound,
    ApiError,
    BadRequest,
    BodyTooLarge,
    InvalidRequest,
    MethodNotAllowed,
)

log = structlog.get_logger(__name__)

SERVER_ERROR = 500
_OF_STATUS: dict[int, type[ApiError]] = {
    404: AddressNotFound,
    405: MethodNotAllowed,
    408: BodyStalled,
    413: BodyTooLarge,
}
_SHOWN_FIELDS = 20
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def render(error: ScribeError) -> JSONResponse:
    """The response that tells the client, in the shape of every error."""
    detail = {**error.detail, "correlation_id": current_correlation_id()}
    if error.status >= SERVER_ERROR:
        log.warning("request_refused", code=error.code, reason=str(error), cause=repr(error.__cause__))
    headers = error.headers if isinstance(error, ApiError) else {}
    return JSONResponse(
        {"error": {"code": error.code, "message": str(error), "detail": detail}},
        status_code=error.status,
        headers=headers,
    )


def render_unexpected(error: Exception) -> JSONResponse:
    """A database that is away is a 503; anything else is a fault of ours, logged with its traceback."""
    if isinstance(error, DATABASE_ERRORS) and is_outage(error):
        unavailable = DatabaseUnavailable()
        unavailable.__cause__ = error
        return render(unavailable)
    log.error("request_crashed", exc_info=error)
    return render(ScribeError())


def invalid_request(error: RequestValidationError | ValidationError) -> InvalidRequest:
    """Which fields are wrong and why; their values are not repeated, for they may be secret."""
    fields = [
        {"field": ".".join(str(part) for part in problem["loc"]) or "body", "problem": problem["msg"]}
        for problem in error.errors()[:_SHOWN_FIELDS]
    ]
    return InvalidRequest(fields=fields)


def install_handlers(app: FastAPI) -> None:
    """Render our own errors, those of validation and those of the framework alike."""
    app.add_exception_handler(ScribeError, _render_scribe_error)
    app.add_exception_handler(RequestValidationError, _render_validation_error)
    app.add_exception_handler(HTTPException, _render_http_exception)


async def _render_scribe_error(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, ScribeError):
        raise error
    return render(error)


async def _render_validation_error(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    return render(invalid_request(error))


async def _render_http_exception(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    response = render(_OF_STATUS.get(error.status_code, BadRequest)())
    response.headers.update(error.headers or {})
    if error.status_code == MethodNotAllowed.status:
        response.headers["Allow"] = ", ".join(_methods_of(request))
    return response


def _methods_of(request: Request) -> list[str]:
    """What the address takes; the framework names the methods of its first route only."""
    return [
        method
        for method in _METHODS
        if any(
            route.matches({**request.scope, "method": method})[0] is Match.FULL
            for route in request.app.router.routes
        )
    ]
