"""From a URL that somebody gave to the addresses that may be connected to: resolved once, all checked."""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

import idna

from scribe.net.errors import AddressForbidden, HostUnknown, UrlNotAllowed
from scribe.net.public import Address, is_public

PORTS = {"http": 80, "https": 443}
LONGEST_URL = 2048
LONGEST_NAME = 253
_NAME = re.compile(r"[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*")
_UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a name and a port to the texts of all its addresses; raises OSError where there are none."""


@dataclass(frozen=True)
class Target:
    """Where to connect, and what to ask for there; ``url`` names the host in its one spelling.

    ``addresses`` were all checked; connecting to the name again would be another resolution, which a
    hostile name server answers differently. ``host`` is for the Host header, SNI and the certificate.
    """

    url: str
    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]


async def resolve_by_system(host: str, port: int) -> Sequence[str]:
    """Every address that this machine's resolver knows, of each family."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for _, _, _, _, address in found]


async def resolve_public(
    url: str,
    *,
    schemes: Sequence[str] = ("https", "http"),
    allow: Sequence[str] = (),
    resolve: Resolve = resolve_by_system,
) -> Target:
    """Look the URL's host up, once, and check every address that it has.

    ``allow``: hosts, addresses or networks of one's own that are fine although they are not public.
    Raises UrlNotAllowed, HostUnknown and, where one address of several is not public, AddressForbidden.
    """
    parts = _split(url, schemes)
    host = _ascii(parts.hostname or "")
    port = _port(parts)
    try:
        found = await resolve(host, port)
        addresses = tuple(dict.fromkeys(_address(text) for text in found))
    except (OSError, UnicodeError, ValueError) as error:
        raise HostUnknown(host=host) from error
    if not addresses:
        raise HostUnknown(host=host)
    if host not in {name.lower() for name in allow} and not all(
        is_public(address) or _is_allowed(address, allow) for address in addresses
    ):
        raise AddressForbidden(host=host)
    url = urlunsplit((parts.scheme, _netloc(host, parts.port), parts.path or "/", parts.query, ""))
    return Target(url, parts.scheme, host, port, tuple(str(address) for address in addresses))


def _netloc(host: str, port: int | None) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    return bracketed if port is None else f"{bracketed}:{port}"


def _split(url: str, schemes: Sequence[str]) -> SplitResult:
    if len(url) > LONGEST_URL or _UNPRINTABLE.search(url):
        raise UrlNotAllowed(reason="it is too long, or has spaces, backslashes or control characters in it")
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise UrlNotAllowed(reason="it is not a URL") from error
    if parts.scheme not in schemes:
        raise UrlNotAllowed(reason=f"it must begin with {' or '.join(f'{one}://' for one in schemes)}")
    if parts.username is not None or parts.password is not None:
        raise UrlNotAllowed(reason="it must not hold a user name or a password")
    if not parts.hostname or "%" in parts.hostname:
        raise UrlNotAllowed(reason="it names no host")
    return parts


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError as error:
        raise UrlNotAllowed(reason="its port is not a number from 1 to 65535") from error
    if port == 0:
        raise UrlNotAllowed(reason="its port is not a number from 1 to 65535")
    return port or PORTS.get(parts.scheme, PORTS["https"])


def _ascii(host: str) -> str:
    """The name as it is asked for: letters of other scripts by IDNA 2008, addresses in their one spelling."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    name = host.rstrip(".")
    try:
        encoded = name if name.isascii() else idna.encode(name, uts46=True).decode()
    except idna.IDNAError as error:
        raise UrlNotAllowed(reason="its host is not a name that can exist") from error
    if len(encoded) > LONGEST_NAME or not _NAME.fullmatch(encoded.lower()):
        raise UrlNotAllowed(reason="its host is not a name that can exist")
    return encoded.lower()


def _address(text: str) -> Address:
    return ipaddress.ip_address(text.partition("%")[0])


def _is_allowed(address: Address, allow: Sequence[str]) -> bool:
    for text in allow:
        try:
            network = ipaddress.ip_network(text, strict=False)
        except ValueError:
            continue  # a name: compared with the host
        if address.version == network.version and address in network:
            return True
    return False
