"""Requests to one server: every failure leaves here as one of this package's errors."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import httpx
from pydantic import BaseModel, JsonValue, ValidationError

from scribe_client.authentication import is_renewal
from scribe_client.errors import AnswerUnclear, ServerAway, raise_for_error
from scribe_client.settings import proxy_to

API = "/api/v1"
TIMEOUT = httpx.Timeout(30.0, read=120.0)
CONNECT_TRIES = 2

Read = TypeVar("Read", bound=BaseModel)
Query = Mapping[str, str | int | Sequence[str] | None]


def normalised(server: str) -> str:
    """The address of a server as it is kept and compared: with a scheme, without a slash at its end."""
    address = server.strip().rstrip("/").removesuffix(API)
    return address if "://" in address else f"https://{address}"


class Connection:
    """An HTTP client of one server's API.

    transport: for tests, in place of the network
    """

    def __init__(
        self, server: str, auth: httpx.Auth | None, transport: httpx.BaseTransport | None = None
    ) -> None:
        self.server = normalised(server)
        self.http = httpx.Client(
            base_url=f"{self.server}{API}",
            auth=auth,
            timeout=TIMEOUT,
            transport=transport or httpx.HTTPTransport(retries=CONNECT_TRIES, proxy=proxy_to(self.server)),
        )

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def get(self, path: str, query: Query | None = None) -> httpx.Response:
        """Read something. Raises ServerAway, Refused and ServerFailed, as all of these do."""
        return self._asked(self.http.build_request("GET", path, params=_given(query)))

    def read(self, kind: type[Read], path: str, query: Query | None = None) -> Read:
        """Read something of that kind. Raises also AnswerUnclear."""
        return self.parsed(kind, self.get(path, query))

    def parsed(self, kind: type[Read], response: httpx.Response) -> Read:
        """The body of an answer. Raises AnswerUnclear."""
        try:
            return kind.model_validate_json(response.content)
        except ValidationError as error:
            raise AnswerUnclear(self.server) from error

    def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, JsonValue] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Change something."""
        return self._asked(self.http.build_request(method, path, json=body, headers=headers))

    def _asked(self, request: httpx.Request) -> httpx.Response:
        with self.reachable():
            try:
                response = self.http.send(request)
            except httpx.TransportError as error:
                if not is_renewal(error.request):
                    raise
                response = self.http.send(request)  # what was asked itself has changed nothing yet
        raise_for_error(response)
        return response

    @contextmanager
    def reachable(self) -> Iterator[None]:
        """Raise ServerAway where what is done inside meets a network that does not work."""
        try:
            yield
        except httpx.TransportError as error:
            raise ServerAway(self.server, str(error) or type(error).__name__) from error


def _given(query: Query | None) -> dict[str, str | int | Sequence[str]]:
    return {name: value for name, value in (query or {}).items() if value is not None}
