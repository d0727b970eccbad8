"""Connections to addresses that users give: to the public network only, and to no other by any detour.

Webhooks and recorded streams are to call it; until there are any, nothing here runs in production.
"""

from scribe.net.errors import (
    AddressForbidden,
    FetchFailed,
    FetchTimeout,
    HostUnknown,
    ResponseTooLarge,
    TooManyRedirects,
    UrlNotAllowed,
)
from scribe.net.fetching import Fetched, fetch
from scribe.net.guard import Target, resolve_public
from scribe.net.pinned import PinnedTransport

__all__ = [
    "AddressForbidden",
    "FetchFailed",
    "FetchTimeout",
    "Fetched",
    "HostUnknown",
    "PinnedTransport",
    "ResponseTooLarge",
    "Target",
    "TooManyRedirects",
    "UrlNotAllowed",
    "fetch",
    "resolve_public",
]
