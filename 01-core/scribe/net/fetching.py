"""Fetch what lies under a URL that a user gave: guarded at every redirect, bounded in size and in time."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from scribe.net.errors import FetchFailed, FetchTimeout, ResponseTooLarge, TooManyRedirects
from scribe.net.guard import Resolve, Target, resolve_by_system, resolve_public
from scribe.net.pinned import PinnedTransport
from scribe.settings import NetSettings

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Fetched:
    """An answer, complete and in memory; ``url`` is the last of the redirects."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


async def fetch(
    url: str,
    settings: NetSettings,
    *,
    max_bytes: int,
    schemes: Sequence[str] = ("https", "http"),
    resolve: Resolve = resolve_by_system,
) -> Fetched:
    """GET the URL and follow its redirects, each resolved, checked and pinned anew.

    No cookies, no credentials and no proxy go with it. Raises the errors of ``scribe.net.errors``.
    """
    try:
        async with asyncio.timeout(settings.timeout_s):
            for _ in range(settings.max_redirects + 1):
                target = await resolve_public(url, schemes=schemes, allow=settings.allowed, resolve=resolve)
                fetched = await _get(target, max_bytes, settings.timeout_s)
                location = fetched.headers.get("location")
                if fetched.status not in _REDIRECTS or not location:
                    return fetched
                url = urljoin(target.url, location)
    except (TimeoutError, httpx.TimeoutException) as error:
        raise FetchTimeout(seconds=settings.timeout_s) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FetchFailed from error
    raise TooManyRedirects(limit=settings.max_redirects)


async def _get(target: Target, max_bytes: int, timeout_s: float) -> Fetched:
    async with (
        httpx.AsyncClient(
            transport=PinnedTransport(target), timeout=timeout_s, follow_redirects=False, trust_env=False
        ) as client,
        # What is compressed is counted as it comes and never unpacked: a few bytes can hold gigabytes.
        client.stream("GET", target.url, headers={"Accept-Encoding": "identity"}) as response,
    ):
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > max_bytes:
                raise ResponseTooLarge(limit=max_bytes)
        return Fetched(target.url, response.status_code, dict(response.headers), bytes(body))
