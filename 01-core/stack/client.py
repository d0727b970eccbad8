"""The API as the command line uses it, over HTTP like any other program."""

import json
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import UUID

import httpx
import httpx_sse
from pydantic import BaseModel, ConfigDict, ValidationError

from scribe.transcript.document import Notice, Transcript
from stack.account import Account
from stack.cli.errors import RequestFailed, RequestRefused, ServerSilent

FINISHED = frozenset({"COMPLETED", "FAILED", "CANCELLED"})
TIMEOUT = httpx.Timeout(30.0, write=600.0, read=120.0)
EVENT_SILENCE_S = 30.0
RECONNECTS = 10
LONGEST_PAUSE_S = 5.0


class MeetingState(BaseModel):
    """What the API says about a meeting; ``progress`` is 0-1 within the stage."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    status: str
    stage: str | None = None
    progress: float | None = None
    error_code: str | None = None
    error_message: str | None = None
    warnings: tuple[Notice, ...] = ()


class _SignIn(httpx.Auth):
    """Send a bearer token, and sign in again when the API no longer takes it."""

    requires_response_body = False

    def __init__(self, address: str, account: Account) -> None:
        self._url = f"{address}/auth/login"
        self._account = account
        self._token: str | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._token is None:
            yield from self._sign_in()
        request.headers["Authorization"] = f"Bearer {self._token}"
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            yield from self._sign_in()
            request.headers["Authorization"] = f"Bearer {self._token}"
            yield request

    def _sign_in(self) -> Generator[httpx.Request, httpx.Response, None]:
        credentials = {"email": self._account.email, "password": self._account.password.get_secret_value()}
        response = yield httpx.Request("POST", self._url, json=credentials)
        response.read()
        _raise_for_error(response)
        self._token = response.json()["access_token"]


class Client:
    """One signed-in user of the API at ``address`` (``http://host:port``).

    Its methods raise ServerSilent where nothing answers and RequestRefused where the API says no.
    """

    def __init__(
        self, address: str, account: Account, *, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._address = address
        base = f"{address}/api/v1"
        self._http = httpx.Client(
            base_url=base, auth=_SignIn(base, account), timeout=TIMEOUT, transport=transport
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def sign_in(self) -> None:
        """Find out now whether the account is taken."""
        self._get("/auth/me")

    def upload(self, path: Path, fields: dict[str, str]) -> UUID:
        """Send a recording, read from disk as it goes; returns the new meeting's id."""
        with path.open("rb") as file, self._reachable():
            response = self._http.post("/meetings", data=fields, files={"file": (path.name, file)})
        _raise_for_error(response)
        return UUID(response.json()["id"])

    def meeting(self, meeting_id: UUID) -> MeetingState:
        """The meeting as it stands."""
        return MeetingState.model_validate(self._get(f"/meetings/{meeting_id}").json())

    def follow(self, meeting_id: UUID) -> Iterator[MeetingState]:
        """Every change of the meeting until it has ended; the last item is the meeting as the API has it.

        Outlives a restart of the API and of its servers: it connects again and asks how the meeting stands.
        """
        last_id: str | None = None
        failures = 0
        while True:
            try:
                with self._events(last_id) as events:
                    state = self.meeting(meeting_id)  # asked after the stream is open: nothing falls between
                    failures = 0
                    yield state
                    if state.status in FINISHED:
                        return
                    for event in events:
                        last_id = event.id or last_id
                        change = _change_of(event, meeting_id)
                        if change and change.status in FINISHED:
                            break
                        if change:
                            yield change
            except (httpx.TransportError, httpx_sse.SSEError, ServerSilent, RequestFailed) as error:
                failures += 1
                if failures > RECONNECTS:
                    if isinstance(error, RequestFailed):
                        raise
                    raise ServerSilent(address=self._address, reason=error) from error
                time.sleep(min(0.1 * 2**failures, LONGEST_PAUSE_S))

    def transcript(self, meeting_id: UUID) -> Transcript:
        """The newest revision of the transcript."""
        return Transcript.model_validate_json(self._get(f"/meetings/{meeting_id}/transcript").content)

    def rendered(self, meeting_id: UUID, form: str) -> str:
        """The transcript as txt, md, json, srt or vtt."""
        return self._get(f"/meetings/{meeting_id}/transcript", format=form).text

    def delete(self, meeting_id: UUID) -> None:
        """Delete a meeting with its recording and transcript."""
        with self._reachable():
            response = self._http.delete(f"/meetings/{meeting_id}")
        _raise_for_error(response)

    def _get(self, path: str, **query: str) -> httpx.Response:
        with self._reachable():
            response = self._http.get(path, params=query)
        _raise_for_error(response)
        return response

    @contextmanager
    def _events(self, last_id: str | None) -> Iterator[Iterator[httpx_sse.ServerSentEvent]]:
        headers = {"Last-Event-ID": last_id} if last_id else {}
        timeout = httpx.Timeout(30.0, read=EVENT_SILENCE_S)
        with httpx_sse.connect_sse(self._http, "GET", "/events", headers=headers, timeout=timeout) as source:
            if source.response.is_error:
                source.response.read()
                _raise_for_error(source.response)
            yield source.iter_sse()

    @contextmanager
    def _reachable(self) -> Iterator[None]:
        try:
            yield
        except httpx.TransportError as error:
            reason = str(error) or type(error).__name__
            raise ServerSilent(address=self._address, reason=reason) from error


def _change_of(event: httpx_sse.ServerSentEvent, meeting_id: UUID) -> MeetingState | None:
    """The change that an event tells, or None where it is about something else."""
    try:
        told: Any = json.loads(event.data)
        if told.get("type", "meeting") != "meeting" or told.get("meeting_id") != str(meeting_id):
            return None
        return MeetingState.model_validate(told)
    except (ValueError, AttributeError, ValidationError):
        return None


def _raise_for_error(response: httpx.Response) -> None:
    """Raise RequestRefused, from status 500 on its RequestFailed, with the API's own sentence and code."""
    if not response.is_error:
        return
    try:
        told = response.json()["error"]
        sentence, code = str(told["message"]), str(told["code"])
    except (ValueError, KeyError, TypeError):
        sentence, code = f"The API answered {response.status_code}.", f"HTTP_{response.status_code}"
    kind = RequestFailed if response.is_server_error else RequestRefused
    raise kind(sentence=sentence, api_code=code, http_status=response.status_code)
