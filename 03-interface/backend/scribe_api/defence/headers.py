"""What every response tells browsers not to do."""

from starlette.datastructures import MutableHeaders

_PAGES = ("/docs", "/static-offline-docs")
_STRICT = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_PAGE = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""The page of the API's documentation starts itself by a script within it; no text of users is on it."""
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_YEAR_S = 365 * 24 * 3600


def secure(headers: MutableHeaders, path: str, *, https: bool) -> None:
    """Add them; what an endpoint says itself stays. ``https``: the instance is never served without."""
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    page = path.startswith(_PAGES)
    headers.setdefault("Content-Security-Policy", _PAGE if page else _STRICT)
    if not page:
        headers.setdefault("Cache-Control", "no-store")
    if https:
        headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR_S}")
