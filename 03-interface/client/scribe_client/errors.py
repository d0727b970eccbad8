"""What can go wrong, each with the sentence that a person should read."""

from http import HTTPStatus

import httpx
from pydantic import BaseModel, JsonValue, ValidationError


class ClientError(Exception):
    """Anything that this package raises on purpose; its text is one sentence for a person."""


class ServerAway(ClientError):
    """Nothing answers, or the connection broke and did not come back."""

    def __init__(self, server: str, reason: object) -> None:
        super().__init__(f"The server at {server} does not answer ({reason}).")


class AnswerUnclear(ClientError):
    """The server answered something that this version of the package cannot read."""

    def __init__(self, server: str) -> None:
        super().__init__(f"The answer of {server} cannot be read. Are client and server of the same version?")


class NotSignedIn(ClientError):
    """There are no credentials, or the server no longer takes them."""


class RecordingChanged(ClientError):
    """The file grew, shrank or was replaced while it was being sent."""

    def __init__(self, path: object) -> None:
        super().__init__(f"{path} changed while it was being sent. Send it again once nothing writes to it.")


class UploadBusy(ClientError):
    """Another process of this user is sending the same file to the same place."""

    def __init__(self, path: object) -> None:
        super().__init__(f"{path} is being sent by another process already.")


class Refused(ClientError):
    """The server understood and said no. ``code`` is stable, the text is the server's own sentence.

    retry_after_s: how long to leave the server alone, where it said so
    """

    retry_after_s = 0.0

    def __init__(self, status: int, code: str, sentence: str, detail: dict[str, JsonValue]) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.detail = detail


class ServerFailed(Refused):
    """The server could not answer for now: the same request may work in a moment."""


class _Told(BaseModel):
    code: str
    message: str
    detail: dict[str, JsonValue] = {}


class _Envelope(BaseModel):
    error: _Told


def raise_for_error(response: httpx.Response) -> None:
    """Raise Refused, or ServerFailed from status 500 on; the body of ``response`` has been read."""
    if not response.is_error:
        return
    status = response.status_code
    try:
        told = _Envelope.model_validate_json(response.content).error
    except ValidationError:
        phrase = response.reason_phrase or "an error"
        told = _Told(code=f"HTTP_{status}", message=f"The server answered {status} ({phrase}).")
    kind = ServerFailed if status >= HTTPStatus.INTERNAL_SERVER_ERROR else Refused
    error = kind(status, told.code, told.message, told.detail)
    wait = response.headers.get("Retry-After", "")
    error.retry_after_s = float(wait) if wait.isdecimal() else 0.0
    raise error
