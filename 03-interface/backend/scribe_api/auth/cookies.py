"""Tokens as cookies: out of the reach of scripts, and the refresh token sent to one path only."""

from fastapi import Response

from scribe.settings import AuthSettings
from scribe_api.access.deps import ACCESS_COOKIE
from scribe_api.security import DEVICE_LIFETIME

REFRESH_COOKIE = "scribe_refresh"
DEVICE_COOKIE = "scribe_device"
REFRESH_PATH = "/api/v1/auth"
_DAY_S = 24 * 3600


def set_cookies(response: Response, access: str, refresh: str, settings: AuthSettings) -> None:
    """Give the browser both tokens."""
    _set(response, ACCESS_COOKIE, access, "/", settings.access_minutes * 60, secure=settings.cookie_secure)
    lifetime = settings.refresh_days * _DAY_S
    _set(response, REFRESH_COOKIE, refresh, REFRESH_PATH, lifetime, secure=settings.cookie_secure)


def set_device(response: Response, device: str, settings: AuthSettings) -> None:
    """Let the browser remember, beyond signing out, that somebody signed in there."""
    lifetime = int(DEVICE_LIFETIME.total_seconds())
    _set(response, DEVICE_COOKIE, device, REFRESH_PATH, lifetime, secure=settings.cookie_secure)


def clear_cookies(response: Response, settings: AuthSettings) -> None:
    """Take both tokens away from the browser."""
    for name, path in ((ACCESS_COOKIE, "/"), (REFRESH_COOKIE, REFRESH_PATH)):
        response.delete_cookie(name, path=path, httponly=True, samesite="lax", secure=settings.cookie_secure)


def _set(response: Response, name: str, value: str, path: str, seconds: int, *, secure: bool) -> None:
    response.set_cookie(name, value, max_age=seconds, path=path, httponly=True, samesite="lax", secure=secure)
