"""Document every error where it can happen, with an example of what the client will read."""

import re
from typing import Any

from pydantic import BaseModel, Field

from scribe.errors import DatabaseUnavailable, ScribeError
from scribe_api.defence.errors import BodyStalled, CrossSiteRefused, TookTooLong
from scribe_api.errors import (
    ApiKeyInvalid,
    BadRequest,
    BodyTooLarge,
    ExpiredToken,
    InvalidRequest,
    InvalidToken,
    NotAuthenticated,
    PersonRequired,
    RoleTooSmall,
    ScopeTooSmall,
)

_PLACEHOLDER = re.compile(r"\{\w+[^}]*\}")

Responses = dict[int | str, dict[str, Any]]


class ErrorBody(BaseModel):
    """What went wrong."""

    code: str = Field(description="Stable, for programs.", examples=["MEETING_NOT_FOUND"])
    message: str = Field(description="A sentence for people: what happened and what to do.")
    detail: dict[str, Any] = Field(
        default_factory=dict, description="Facts; `correlation_id` finds it in the log."
    )


class ErrorEnvelope(BaseModel):
    """The one shape of every error."""

    error: ErrorBody


def errors(*classes: type[ScribeError]) -> Responses:
    """OpenAPI responses for the errors, and for those that every endpoint can meet."""
    grouped: dict[int, list[type[ScribeError]]] = {}
    everywhere: tuple[type[ScribeError], ...] = (
        BadRequest,
        CrossSiteRefused,
        BodyStalled,
        BodyTooLarge,
        InvalidRequest,
        DatabaseUnavailable,
        TookTooLong,
        ScribeError,
    )
    for error in (*classes, *everywhere):
        listed = grouped.setdefault(error.status, [])
        if error not in listed:
            listed.append(error)
    return {status: _response(group) for status, group in sorted(grouped.items())}


def protected(*classes: type[ScribeError]) -> Responses:
    """As ``errors``, for an endpoint that asks who calls."""
    callers = (NotAuthenticated, InvalidToken, ExpiredToken, ApiKeyInvalid)
    return errors(*classes, *callers, PersonRequired, RoleTooSmall, ScopeTooSmall)


def _response(group: list[type[ScribeError]]) -> dict[str, Any]:
    examples = {error.code: {"summary": _summary(error), "value": _example(error)} for error in group}
    return {
        "model": ErrorEnvelope,
        "description": " or ".join(f"`{error.code}`" for error in group),
        "content": {"application/json": {"examples": examples}},
    }


def _summary(error: type[ScribeError]) -> str:
    return (error.__doc__ or error.code).strip().splitlines()[0]


def _example(error: type[ScribeError]) -> dict[str, Any]:
    message = _PLACEHOLDER.sub("…", error.message)
    return {"error": {"code": error.code, "message": message, "detail": {"correlation_id": "5f0c…"}}}
