"""Where a connection comes from."""

import ipaddress

from starlette.types import Scope


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
