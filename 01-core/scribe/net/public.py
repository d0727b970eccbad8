"""Which IP addresses are on the public network, whatever they are wrapped in."""

import ipaddress
from collections.abc import Iterator

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last four bytes are an IPv4 address that a translator connects to."""
_COMPATIBLE = ipaddress.IPv6Network("::/96")
"""RFC 4291 2.5.5.1, long deprecated: IPv4 in the last four bytes."""
_NOWHERE = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # RFC 6598: providers' own
        "192.0.0.0/24",
        "192.88.99.0/24",  # RFC 7526: relays of 6to4
        "198.18.0.0/15",  # RFC 2544: benchmarks
        "240.0.0.0/4",
        "64:ff9b:1::/48",  # RFC 8215: translation within a network
        "100::/64",
        "2001::/23",  # RFC 2928: special purposes, Teredo among them
        "3fff::/20",  # RFC 9637: documentation
        "5f00::/16",
        "fc00::/7",
        "fec0::/10",  # RFC 3879: site-local, which some systems still route
    )
)
_IPV4_BITS = 0xFFFFFFFF


def is_public(address: Address) -> bool:
    """Whether the address, and each that is embedded in it, belongs to somebody on the public network."""
    return all(_is_global(one) for one in (address, *_embedded(address)))


def _is_global(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return True  # the embedded one decides
    if address in _NAT64:
        return True  # likewise
    forbidden = (
        address.is_multicast
        or address.is_unspecified
        or address.is_loopback
        or address.is_link_local
        or address.is_private
        or address.is_reserved
    )
    nowhere = any(address in network for network in _NOWHERE if network.version == address.version)
    return address.is_global and not forbidden and not nowhere


def _embedded(address: Address) -> Iterator[ipaddress.IPv4Address]:
    """The IPv4 addresses to which an IPv6 address may lead."""
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64 or address in _COMPATIBLE:
        yield ipaddress.IPv4Address(int(address) & _IPV4_BITS)
