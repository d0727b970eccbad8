"""How requests say who asks: a project's key, or a session whose tokens are renewed on the way."""

from collections.abc import Generator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from typing import Protocol

import httpx
from pydantic import BaseModel, ConfigDict, SecretStr

from scribe_client.errors import NotSignedIn, raise_for_error

REFRESH = "/auth/refresh"
RENEWAL_TIMEOUT = httpx.Timeout(4.0)
"""Short: the server takes a refresh token a second time for ten seconds, where its first answer was lost."""
SIGN_IN_TIMEOUT = httpx.Timeout(60.0)
Flow = Generator[httpx.Request, httpx.Response, None]
EARLY = timedelta(seconds=30)
"""A token is renewed this long before its end, so that it does not end on the way."""
SESSION_ENDED = "The session has ended: run `scribe login` again."


class Password(BaseModel):
    """What a person signs in with."""

    model_config = ConfigDict(frozen=True)

    email: str
    password: SecretStr


class Tokens(BaseModel):
    """A session as a program holds it. The refresh token works once and brings the next pair."""

    model_config = ConfigDict(frozen=True)

    access_token: str
    refresh_token: str | None = None
    expires_at: datetime

    @property
    def stale(self) -> bool:
        """Whether the access token has ended or is about to."""
        return datetime.now(UTC) >= self.expires_at - EARLY


class TokenStore(Protocol):
    """Where a session's tokens are kept; several processes may share one."""

    def load(self) -> Tokens | None:
        """The newest tokens; None: nobody is signed in."""

    def keep(self, tokens: Tokens) -> None:
        """Put these in place of the old ones, whole or not at all."""

    def locked(self) -> AbstractContextManager[object]:
        """While it is held, nobody else renews: a refresh token that is used twice ends the session."""


class TokensInMemory:
    """For a program that signs in each time it runs."""

    def __init__(self, tokens: Tokens | None = None) -> None:
        self._tokens = tokens

    def load(self) -> Tokens | None:
        """The tokens of this process."""
        return self._tokens

    def keep(self, tokens: Tokens) -> None:
        """Hold these from now on."""
        self._tokens = tokens

    def locked(self) -> AbstractContextManager[object]:
        """Nobody else sees them."""
        return nullcontext()


class KeyAuth(httpx.Auth):
    """Send a project's API key."""

    def __init__(self, key: SecretStr) -> None:
        self._key = key

    def auth_flow(self, request: httpx.Request) -> Flow:
        """Put the header in."""
        request.headers["X-API-Key"] = self._key.get_secret_value()
        yield request


class SessionAuth(httpx.Auth):
    """Send the access token; renew it in time, and once more when the server no longer takes it.

    base: the API's base address, without a slash at its end
    password: to sign in with where there are no tokens, or none that the server takes
    """

    def __init__(self, base: str, tokens: TokenStore, password: Password | None = None) -> None:
        self._base = base
        self._tokens = tokens
        self._password = password

    def auth_flow(self, request: httpx.Request) -> Flow:
        """Raises NotSignedIn, and Refused where the password is not taken."""
        tokens = self._tokens.load()
        if tokens is None or tokens.stale:
            tokens = yield from self._renewed(tokens)
        request.headers["Authorization"] = f"Bearer {tokens.access_token}"
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            tokens = yield from self._renewed(tokens)
            request.headers["Authorization"] = f"Bearer {tokens.access_token}"
            yield request

    def _renewed(self, known: Tokens | None) -> Generator[httpx.Request, httpx.Response, Tokens]:
        """Other tokens than ``known``: those that another process got meanwhile, or new ones."""
        with self._tokens.locked():
            tokens = self._tokens.load()
            if tokens is None or tokens == known:
                tokens = yield from self._new_tokens(tokens)
                self._tokens.keep(tokens)
            return tokens

    def _new_tokens(self, old: Tokens | None) -> Generator[httpx.Request, httpx.Response, Tokens]:
        if old and old.refresh_token:
            # httpx gives requests that are made here no timeout of its own.
            response = yield httpx.Request(
                "POST",
                f"{self._base}{REFRESH}",
                json={"refresh_token": old.refresh_token},
                extensions={"timeout": RENEWAL_TIMEOUT.as_dict()},
            )
            response.read()
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return tokens_in(response)
        if self._password is None:
            raise NotSignedIn(SESSION_ENDED if old else "Nobody is signed in: run `scribe login`.")
        response = yield login_request(self._base, self._password)
        response.read()
        return tokens_in(response)


def login_request(base: str, password: Password) -> httpx.Request:
    """The request that makes a session."""
    credentials = {"email": password.email, "password": password.password.get_secret_value()}
    timeout = {"timeout": SIGN_IN_TIMEOUT.as_dict()}
    return httpx.Request("POST", f"{base}/auth/login", json=credentials, extensions=timeout)


def is_renewal(request: httpx.Request) -> bool:
    """Whether that asks for new tokens; it may be sent again at once."""
    return request.url.path.endswith(REFRESH)


class _TokenPair(BaseModel):
    access_token: str
    refresh_token: str | None = None
    expires_in: int = 900


def tokens_in(response: httpx.Response) -> Tokens:
    """The pair that the server handed out. Raises Refused and ServerFailed."""
    raise_for_error(response)
    pair = _TokenPair.model_validate_json(response.content)
    return Tokens(
        access_token=pair.access_token,
        refresh_token=pair.refresh_token,
        expires_at=datetime.now(UTC) + timedelta(seconds=pair.expires_in),
    )
