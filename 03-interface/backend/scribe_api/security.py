"""Passwords and tokens: the only module that touches passlib and jose."""

import asyncio
import hashlib
import logging
import os
import secrets
import uuid
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

from jose import ExpiredSignatureError, JWTError, jwt

from scribe.settings import AuthSettings
from scribe_api.auth.errors import SignInBusy
from scribe_api.errors import ExpiredToken, InvalidToken

with warnings.catch_warnings():  # passlib 1.7.4 still looks for the standard library's crypt
    warnings.simplefilter("ignore", DeprecationWarning)
    from passlib.context import CryptContext

# passlib 1.7.4 reads a version attribute that bcrypt dropped; it logs a traceback and works all the same.
logging.getLogger("passlib.handlers.bcrypt").setLevel(logging.ERROR)

ALGORITHM = "HS256"
ACCESS = "access"
DEVICE = "device"
KEY_PREFIX = "sms_"
"""What every API key begins with, so that people and secret scanners recognise one."""
DEVICE_LIFETIME = timedelta(days=365)
LONGEST_TOKEN = 2048
"""Several times what ours have."""
_REQUIRED = {"require_exp": True, "require_aud": True, "require_sub": True, "require_iat": True}

# bcrypt alone would ignore everything after the 72nd byte.
_passwords = CryptContext(schemes=["bcrypt_sha256"])


_Computed = TypeVar("_Computed")


class Hashing:
    """A few threads for passwords alone: a flood of sign-ins takes neither all cores nor all threads."""

    def __init__(self, threads: int, most_waiting: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="passwords")
        self._most = threads + most_waiting
        self._inside = 0

    async def compute(self, do: Callable[[], _Computed]) -> _Computed:
        """The result of what takes a good part of a second. Raises SignInBusy where too many wait."""
        if self._inside >= self._most:
            raise SignInBusy
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, do)
        finally:
            self._inside -= 1


hashing = Hashing(threads=min(4, os.cpu_count() or 1), most_waiting=40)


@cache
def _nobodys_hash() -> str:
    return _passwords.hash(secrets.token_urlsafe())


async def hash_password(password: str) -> str:
    """The hash to store. Raises SignInBusy."""
    return await hashing.compute(lambda: _passwords.hash(password))


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password belongs to the hash.

    None, for an account that does not exist, takes as long as any other answer: time must not tell
    which addresses have an account. Raises SignInBusy.
    """
    if password_hash is None:
        await hashing.compute(lambda: _passwords.verify(password, _nobodys_hash()))
        return False
    return await hashing.compute(lambda: _passwords.verify(password, password_hash))


def new_refresh_token() -> str:
    """A refresh token: 256 random bits that mean nothing."""
    return secrets.token_urlsafe(32)


def new_api_key() -> str:
    """An API key: 256 random bits behind the prefix that tells what it is."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """The SHA-256 under which a refresh token or a key is stored; random itself, it needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class AccessClaims:
    """What an access token says: who, and in which signed-in session."""

    user_id: uuid.UUID
    family_id: uuid.UUID


class AccessTokens:
    """Signs and reads access tokens: JWT, HS256 and nothing else."""

    def __init__(self, settings: AuthSettings) -> None:
        self._secret = settings.secret.get_secret_value()
        self._audience = settings.audience
        self.lifetime = timedelta(minutes=settings.access_minutes)

    def issue(self, user_id: uuid.UUID, family_id: uuid.UUID) -> str:
        """A token that is good for ``lifetime`` from now."""
        now = datetime.now(UTC)
        claims = {
            "sub": str(user_id),
            "sid": str(family_id),
            "typ": ACCESS,
            "aud": self._audience,
            "iat": now,
            "exp": now + self.lifetime,
        }
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def read(self, token: str) -> AccessClaims:
        """What the token says. Raises ExpiredToken, InvalidToken."""
        try:
            claims = _verified(token, self._secret, self._audience)
        except ExpiredSignatureError as error:
            raise ExpiredToken from error
        except JWTError as error:
            raise InvalidToken from error
        if claims.get("typ") != ACCESS:
            raise InvalidToken
        try:
            return AccessClaims(uuid.UUID(claims["sub"]), uuid.UUID(str(claims.get("sid"))))
        except ValueError as error:
            raise InvalidToken from error


class DeviceTokens:
    """Signs what a browser keeps to show that somebody signed in there before; it lets nobody in."""

    def __init__(self, settings: AuthSettings) -> None:
        self._secret = settings.secret.get_secret_value()
        self._audience = settings.audience

    def issue(self, user_id: uuid.UUID) -> str:
        """A token of a device that is new to us."""
        now = datetime.now(UTC)
        claims = {
            "sub": str(user_id),
            "did": secrets.token_urlsafe(16),
            "typ": DEVICE,
            "aud": self._audience,
            "iat": now,
            "exp": now + DEVICE_LIFETIME,
        }
        return jwt.encode(claims, self._secret, algorithm=ALGORITHM)

    def read(self, token: str, user_id: uuid.UUID | None) -> str | None:
        """The device's id, if the token was issued for the account; None is an account that is not there."""
        try:
            claims = _verified(token, self._secret, self._audience)
        except JWTError:
            return None
        ours = claims.get("typ") == DEVICE and claims["sub"] == str(user_id)
        return str(claims.get("did")) if ours else None


def _verified(token: str, secret: str, audience: str) -> dict[str, Any]:
    """What a token of ours says. Raises JWTError for any other, however it is nested."""
    if len(token) > LONGEST_TOKEN:
        raise JWTError("too long")
    try:
        return jwt.decode(token, secret, algorithms=[ALGORITHM], audience=audience, options=_REQUIRED)
    except RecursionError as error:  # the header is parsed before the signature is looked at
        raise JWTError("too deep") from error
