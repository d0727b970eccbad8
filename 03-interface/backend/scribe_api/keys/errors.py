"""What can be wrong with a key that somebody manages."""

from scribe_api.errors import ApiError


class KeyNotFound(ApiError):
    """The project has no such key."""

    status = 404
    code = "KEY_NOT_FOUND"
    message = "This project has no API key with this id."


class TooManyKeys(ApiError):
    """A bound on what one project can make the instance keep."""

    status = 409
    code = "TOO_MANY_KEYS"
    message = "The project has {limit} good keys, and more it may not have. Revoke those that nobody uses."
