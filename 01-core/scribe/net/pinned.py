"""HTTP to the very address that was checked, with the name that was asked for."""

import httpx

from scribe.net.guard import Target


class PinnedTransport(httpx.AsyncBaseTransport):
    """Sends each request to one target, whatever its name may resolve to by now.

    The Host header stays, and TLS asks for the name and checks its certificate. The environment's proxies
    are not asked: they would resolve the name themselves.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._inner = httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Try the target's addresses in turn. Raises httpx's errors, UnsupportedProtocol for another host."""
        asked = (request.url.scheme, request.url.raw_host.decode())
        if asked != (self._target.scheme, self._target.host):
            raise httpx.UnsupportedProtocol(f"this transport is pinned to {self._target.host}")
        last: httpx.ConnectError | httpx.ConnectTimeout | None = None
        for address in self._target.addresses:
            pinned = httpx.Request(
                request.method,
                request.url.copy_with(host=address, port=self._target.port),
                headers=request.headers,  # with the Host header that httpx wrote from the URL
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": self._target.host},
            )
            try:
                return await self._inner.handle_async_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                last = error
        raise last or httpx.ConnectError("no address to connect to")

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()
