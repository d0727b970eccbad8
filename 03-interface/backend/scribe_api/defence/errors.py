"""What a request is refused with before any endpoint sees it."""

from scribe_api.errors import ApiError


class CrossSiteRefused(ApiError):
    """Somebody else's web page made the browser send this, with the cookies of whoever sits there."""

    status = 403
    code = "CSRF_REFUSED"
    message = (
        "This request did not come from a page of this server. Programs send `Authorization: Bearer …` "
        "instead of cookies; an operator can name further pages in api.trusted_origins."
    )


class BodyStalled(ApiError):
    """The client fell silent in the midst of its request."""

    status = 408
    code = "BODY_STALLED"
    message = "The rest of the request did not come. Send it again; resumable uploads go on where they were."


class TookTooLong(ApiError):
    """No answer was found in the time that one may take."""

    status = 503
    code = "TOOK_TOO_LONG"
    message = "This took too long and was given up. Try again in a moment, or ask for less."
    permanent = False
    outage = True
