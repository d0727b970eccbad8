"""A browser's cookies act only for pages of ours: no other page can make it change anything here.

Browsers say from where a request comes, in headers that scripts cannot set: Sec-Fetch-Site, and Origin in
the older ones. Programs that bring a key or a bearer token need neither: no browser adds those by itself.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Receive, Scope, Send

from scribe_api.defence.errors import CrossSiteRefused
from scribe_api.rendering import render

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OUR_PAGES = frozenset({"same-origin", "none"})
"""``none``: the person typed the address or opened a bookmark."""
_SESSION_COOKIES = frozenset({"scribe_access", "scribe_refresh"})


class SameSiteOnly:
    """Refuses what changes something and comes with cookies, or to get some, from somebody else's page."""

    def __init__(self, app: ASGIApp, *, trusted: Iterable[str]) -> None:
        self._app = app
        self._trusted = frozenset(trusted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection; WebSockets are looked at where they are opened."""
        if scope["type"] == "http" and scope["method"] not in _READING:
            headers = Headers(scope=scope)
            if not _brings_its_own_credentials(headers) and not self._comes_from_us(headers):
                await render(CrossSiteRefused())(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _comes_from_us(self, headers: Headers) -> bool:
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is not None and (origin in self._trusted or urlsplit(origin).netloc == headers.get("host")):
            return True
        if site is not None:
            return site in _OUR_PAGES
        if origin is not None:
            return False
        # Neither header: no browser of these years. It may sign in, but cookies are for browsers.
        return _SESSION_COOKIES.isdisjoint(cookie_parser(headers.get("cookie", "")))


def _brings_its_own_credentials(headers: Headers) -> bool:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return bool(headers.get("x-api-key")) or (scheme.lower() == "bearer" and bool(token.strip()))
