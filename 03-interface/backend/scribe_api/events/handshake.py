"""Who opens a WebSocket, asked before it is accepted: browsers let every page open one, cookies included."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from scribe.db.models import Scope
from scribe_api.access.deps import ACCESS_COOKIE, Credentials, require_scope
from scribe_api.access.principals import Principal
from scribe_api.events.errors import ForeignOrigin
from scribe_api.gateway import Gateway

_BEARER = "bearer "


async def caller(connection: HTTPConnection, gateway: Gateway) -> Principal:
    """Who calls and may read. Raises ForeignOrigin, ScopeTooSmall and the errors of ``Credentials``."""
    async with gateway.database.transaction() as session:
        principal = await _offered(connection, gateway).authenticate(session, gateway)
    require_scope(principal, Scope.READ)
    return principal


def _offered(connection: HTTPConnection, gateway: Gateway) -> Credentials:
    key = connection.headers.get("x-api-key")
    authorization = connection.headers.get("authorization", "")
    if authorization.lower().startswith(_BEARER):
        return Credentials(key=key, token=authorization[len(_BEARER) :].strip())
    cookie = connection.cookies.get(ACCESS_COOKIE)
    if key is None and cookie is not None and not _at_home(connection, gateway):
        raise ForeignOrigin
    return Credentials(key=key, token=cookie)


def _at_home(connection: HTTPConnection, gateway: Gateway) -> bool:
    """Whether a page of ours opens the connection; browsers send cookies whosever page it is."""
    origin = connection.headers.get("origin", "")
    api = gateway.settings.api
    if origin in {*api.trusted_origins, *api.cors_origins}:
        return True
    return bool(origin) and urlsplit(origin).netloc == connection.headers.get("host")
