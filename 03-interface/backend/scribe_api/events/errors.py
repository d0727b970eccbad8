"""Why somebody is not told what happens."""

from scribe_api.errors import ApiError


class ForeignOrigin(ApiError):
    """A page of another site opens the connection with the cookie of somebody who only looks at it."""

    status = 403
    code = "ORIGIN_NOT_ALLOWED"
    message = "Pages of this origin may not connect with a cookie. Send an access token or an API key."
