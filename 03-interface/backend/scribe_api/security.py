"""Passwords and tokens: the only module that touches passlib and jose."""

import asyncio
import hashlib
import logging
import secrets
import uuid
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from jose import ExpiredSignatureError, JWTError, jwt

from scribe.settings import AuthSettings
from scribe_api.errors import ExpiredToken, InvalidToken

with warnings.catch_warnings():  # passlib 1.7.4 still looks for the standard library's crypt
    warnings.simplefilter("ignore", DeprecationWarning)
    from passlib.context import CryptContext

# passlib 1.7.4 reads a version attribute that bcrypt dropped; it logs a traceback and works all the same.
logging.getLogger("passlib.handlers.bcrypt").setLevel(logging.ERROR)

ALGORITHM = "HS256"
ACCESS = "access"
KEY_PREFIX = "sms_"
"""What every API key begins with, so that people and secret scanners recognise one."""
_REQUIRED = {"require_exp": True, "require_aud": True, "require_sub": True, "require_iat": True}

# bcrypt alone would ignore everything after the 72nd byte.
_passwords = CryptContext(schemes=["bcrypt_sha256"])


@cache
def _nobodys_hash() -> str:
    return _passwords.hash(secrets.token_urlsafe())


async def hash_password(password: str) -> str:
    """The hash to store; computed in a thread, for it takes a good part of a second."""
    return await asyncio.to_thread(_passwords.hash, password)


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Whether the password belongs to the hash.

    None, for an account that does not exist, takes as long as any other answer: time must not tell
    which addresses have an account.
    """
    if password_hash is None:
        await asyncio.to_thread(lambda: _passwords.verify(password, _nobodys_hash()))
        return False
    return await asyncio.to_thread(_passwords.verify, password, password_hash)


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
            claims = jwt.decode(
                token, self._secret, algorithms=[ALGORITHM], audience=self._audience, options=_REQUIRED
            )
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
