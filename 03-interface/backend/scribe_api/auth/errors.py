"""What sign-in can answer with beside wrong credentials."""

import math

from scribe_api.errors import ApiError


class TooManyAttempts(ApiError):
    """Too many wrong passwords came before this one, which was not even looked at."""

    status = 429
    code = "TOO_MANY_ATTEMPTS"
    message = "Too many wrong passwords. Try again in {seconds} seconds."

    def __init__(self, *, wait_s: float) -> None:
        super().__init__(seconds=max(1, math.ceil(wait_s)))

    @property
    def headers(self) -> dict[str, str]:
        """When the next try is looked at, in seconds."""
        return {"Retry-After": str(self.detail["seconds"])}


class SignInBusy(ApiError):
    """More passwords wait to be checked than can be in reasonable time."""

    status = 503
    code = "SIGN_IN_BUSY"
    message = "Too many people sign in at the moment. Try again in a few seconds."
    permanent = False
    outage = True

    @property
    def headers(self) -> dict[str, str]:
        """When another try is worth it, in seconds."""
        return {"Retry-After": "5"}


class SessionNotFound(ApiError):
    """No such session, or somebody else's, or it has ended."""

    status = 404
    code = "SESSION_NOT_FOUND"
    message = "You have no open session with this id."
