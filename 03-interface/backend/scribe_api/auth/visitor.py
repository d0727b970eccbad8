"""Where a sign-in comes from, as far as the connection and its cookies tell."""

import ipaddress
from dataclasses import dataclass
from typing import Annotated

from fastapi import Cookie, Depends, Header

from scribe_api.audit.trail import client_address
from scribe_api.auth.cookies import DEVICE_COOKIE

SUBSCRIBER_BITS = 64
"""What one household or one rented server has of IPv6: all of it counts as one address."""


@dataclass(frozen=True)
class Visitor:
    """An address, what the program calls itself, and the cookie of a device that was here before."""

    address: str | None
    user_agent: str
    device: str | None

    @property
    def neighbourhood(self) -> str:
        """What counts as one address when attempts are counted."""
        try:
            found = ipaddress.ip_address(self.address or "")
        except ValueError:
            return "unknown"
        if isinstance(found, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((found, SUBSCRIBER_BITS), strict=False))
        return str(found)


def _visitor(
    user_agent: Annotated[str, Header(include_in_schema=False)] = "",
    device: Annotated[str | None, Cookie(alias=DEVICE_COOKIE, include_in_schema=False)] = None,
) -> Visitor:
    return Visitor(client_address.get(), user_agent, device)


CurrentVisitor = Annotated[Visitor, Depends(_visitor)]
