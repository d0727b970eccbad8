"""Where a connection comes from, and a word to the operator where that cannot be told."""

import ipaddress

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

log = structlog.get_logger(__name__)


def address_of(scope: Scope) -> str | None:
    """The client's address in its one spelling; None where nobody knows, or where a proxy told nonsense."""
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(client[0].partition("%")[0]) if client else None
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return None if address is None else str(address)


class ProxyWatch:
    """Says once that a proxy on this machine is not trusted: everybody behind it counts as one address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._said = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if not self._said and scope["type"] in {"http", "websocket"} and _forwarded_here(scope):
            self._said = True
            log.warning("proxy_not_trusted", address=address_of(scope), setting="SCRIBE_API__TRUSTED_PROXIES")
        await self._app(scope, receive, send)


def _forwarded_here(scope: Scope) -> bool:
    address = address_of(scope)
    local = address is not None and ipaddress.ip_address(address).is_loopback
    return local and "X-Forwarded-For" in Headers(scope=scope)
