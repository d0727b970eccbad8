"""How everything that signs somebody in answers: cookies for browsers, the same tokens for programs."""

from fastapi import Response

from scribe_api.auth.cookies import set_cookies, set_device
from scribe_api.auth.schemas import TokenPair
from scribe_api.auth.service import SignedIn
from scribe_api.gateway import Gateway
from scribe_api.security import DeviceTokens
from scribe_api.users.schemas import UserRead


def signed_in_answer(gateway: Gateway, response: Response, signed_in: SignedIn) -> TokenPair:
    """The tokens of a session that begins; the browser remembers that somebody signed in there."""
    set_device(response, DeviceTokens(gateway.settings.auth).issue(signed_in.user.id), gateway.settings.auth)
    return renewed_answer(gateway, response, signed_in)


def renewed_answer(gateway: Gateway, response: Response, signed_in: SignedIn) -> TokenPair:
    """The tokens of a session that goes on."""
    access = gateway.tokens.issue(signed_in.user.id, signed_in.family_id)
    set_cookies(response, access, signed_in.refresh_token, gateway.settings.auth)
    response.headers["Cache-Control"] = "no-store"
    return TokenPair(
        access_token=access,
        refresh_token=signed_in.refresh_token,
        expires_in=int(gateway.tokens.lifetime.total_seconds()),
        user=UserRead.of(signed_in.user),
    )
