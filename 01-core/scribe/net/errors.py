"""Why an address that a user gave is not connected to.

No message tells what a name resolves to, nor what answered: that would let users map the inner network.
"""

from scribe.errors import ScribeError


class UrlNotAllowed(ScribeError):
    """The text is no URL that may be asked for."""

    status = 422
    code = "URL_NOT_ALLOWED"
    message = "This address cannot be used: {reason}."
    permanent = True


class HostUnknown(ScribeError):
    """The name does not resolve."""

    status = 422
    code = "HOST_UNKNOWN"
    message = "There is no host named {host}, or its name server does not answer."


class AddressForbidden(ScribeError):
    """The name resolves to something that is not on the public network."""

    status = 422
    code = "ADDRESS_FORBIDDEN"
    message = (
        "{host} is not on the public network. An operator can allow hosts of your own in SCRIBE_NET__ALLOWED."
    )
    permanent = True


class TooManyRedirects(ScribeError):
    """The address leads to another, and that to another, and so on."""

    status = 422
    code = "TOO_MANY_REDIRECTS"
    message = "This address redirects more than {limit} times."
    permanent = True


class ResponseTooLarge(ScribeError):
    """More comes than was wanted."""

    status = 422
    code = "RESPONSE_TOO_LARGE"
    message = "What lies under this address is larger than {limit} bytes."
    permanent = True


class FetchTimeout(ScribeError):
    """The other server takes too long."""

    status = 422
    code = "FETCH_TIMEOUT"
    message = "The server under this address did not answer completely within {seconds} seconds."


class FetchFailed(ScribeError):
    """The other server cannot be talked to."""

    status = 422
    code = "FETCH_FAILED"
    message = "The server under this address cannot be reached, or does not speak HTTP."
