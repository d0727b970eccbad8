"""The client against an API that forgets tokens, drops streams and says no."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from pydantic import SecretStr

from stack.account import Account
from stack.cli.errors import RequestFailed, RequestRefused, ServerSilent
from stack.client import Client

MEETING = uuid4()
ACCOUNT = Account(email="me@scribe.local", password=SecretStr("correct horse"))
Handler = Callable[[httpx.Request], httpx.Response]


class Cut(httpx.SyncByteStream):
    """A stream of events that breaks off."""

    def __init__(self, *events: str) -> None:
        self.events = events

    def __iter__(self) -> Iterator[bytes]:
        yield from (event.encode() for event in self.events)
        raise httpx.ReadError("connection reset")


def event(number: int, status: str, stage: str | None = None, meeting: UUID = MEETING) -> str:
    told = {"type": "meeting", "meeting_id": str(meeting), "status": status, "stage": stage}
    return f"id: {number}-0\nevent: meeting\ndata: {json.dumps(told)}\n\n"


def api(meetings: list[dict[str, str]], streams: list[Cut], seen: list[httpx.Request]) -> Handler:
    """Answers in the order of the lists; tokens count up with each sign-in."""
    tokens = iter(range(100))

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        path = request.url.path.removeprefix("/api/v1")
        if path == "/auth/login":
            return httpx.Response(200, json={"access_token": f"token-{next(tokens)}"})
        if path == "/events":
            return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=streams.pop(0))
        return httpx.Response(200, json=meetings.pop(0))

    return answer


def client(answer: Handler) -> Client:
    return Client("http://api.test", ACCOUNT, transport=httpx.MockTransport(answer))


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stack.client.time.sleep", lambda _: None)


def test_following_ends_with_the_meeting_as_the_api_has_it() -> None:
    stream = Cut(
        event(1, "PROCESSING", "convert"), event(2, "COMPLETED", meeting=uuid4()), event(3, "COMPLETED")
    )
    meetings = [{"status": "PENDING"}, {"status": "COMPLETED", "stage": "publish"}]
    seen: list[httpx.Request] = []
    with client(api(meetings, [stream, Cut()], seen)) as signed_in:
        states = [(state.status, state.stage) for state in signed_in.follow(MEETING)]
    assert states == [("PENDING", None), ("PROCESSING", "convert"), ("COMPLETED", "publish")]


def test_a_dropped_stream_is_taken_up_after_its_last_event() -> None:
    streams = [Cut(event(7, "PROCESSING", "diarise")), Cut()]
    seen: list[httpx.Request] = []
    with client(api([{"status": "PENDING"}, {"status": "FAILED"}], streams, seen)) as signed_in:
        assert [state.status for state in signed_in.follow(MEETING)] == ["PENDING", "PROCESSING", "FAILED"]
    resumed = [
        request.headers.get("Last-Event-ID") for request in seen if request.url.path.endswith("/events")
    ]
    assert resumed == [None, "7-0"]


def unavailable(then: list[httpx.Response]) -> Handler:
    """Answers about the meeting in the order of ``then``; the stream of events is always empty."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/auth/login"):
            return httpx.Response(200, json={"access_token": "token"})
        if request.url.path.endswith("/events"):
            return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Cut())
        return then.pop(0)

    return answer


def told(status: int, code: str) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": "A sentence."}})


def test_an_api_whose_servers_are_away_is_asked_again() -> None:
    answers = [
        told(503, "DATABASE_UNAVAILABLE"),
        httpx.Response(502),
        httpx.Response(200, json={"status": "FAILED"}),
    ]
    with client(unavailable(answers)) as signed_in:
        assert [state.status for state in signed_in.follow(MEETING)] == ["FAILED"]


def test_an_api_whose_servers_stay_away_is_believed_in_the_end() -> None:
    answers = [told(503, "DATABASE_UNAVAILABLE") for _ in range(100)]
    with (
        client(unavailable(answers)) as signed_in,
        pytest.raises(RequestFailed, match="DATABASE_UNAVAILABLE"),
    ):
        next(signed_in.follow(MEETING))


def test_a_refusal_is_not_asked_about_again() -> None:
    answers = [told(404, "NOT_FOUND")]
    with client(unavailable(answers)) as signed_in, pytest.raises(RequestRefused, match="NOT_FOUND"):
        next(signed_in.follow(MEETING))


def test_an_expired_token_is_renewed_once() -> None:
    tokens: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/auth/login"):
            return httpx.Response(200, json={"access_token": f"token-{len(tokens)}"})
        tokens.append(request.headers["Authorization"])
        return httpx.Response(401 if len(tokens) == 2 else 200, json={"status": "PENDING"})

    with client(answer) as signed_in:
        signed_in.meeting(MEETING)
        assert signed_in.meeting(MEETING).status == "PENDING"
    assert tokens == ["Bearer token-0", "Bearer token-0", "Bearer token-2"]


def test_an_upload_that_meets_an_expired_token_is_sent_again_whole(tmp_path: Path) -> None:
    recording = tmp_path / "talk.wav"
    recording.write_bytes(b"RIFF" * 1000)
    bodies: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/auth/login"):
            return httpx.Response(200, json={"access_token": "token"})
        bodies.append(request.read())
        return httpx.Response(401) if len(bodies) == 1 else httpx.Response(202, json={"id": str(MEETING)})

    with client(answer) as signed_in:
        assert signed_in.upload(recording, {"language": "en"}) == MEETING
    assert bodies[0] == bodies[1]
    assert b"RIFF" * 1000 in bodies[1]
    assert b'name="language"' in bodies[1]


def test_a_refusal_carries_the_sentence_and_the_code_of_the_api() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/auth/login"):
            return httpx.Response(200, json={"access_token": "token"})
        error = {"code": "NO_AUDIO", "message": "There is no sound in it.", "detail": {}}
        return httpx.Response(422, json={"error": error})

    with (
        client(answer) as signed_in,
        pytest.raises(RequestRefused, match=r"There is no sound in it. \[NO_AUDIO\]"),
    ):
        signed_in.meeting(MEETING)


def test_a_meeting_is_deleted_by_the_public_api() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/auth/login"):
            return httpx.Response(200, json={"access_token": "token"})
        seen.append(f"{request.method} {request.url.path}")
        return httpx.Response(204)

    with client(answer) as signed_in:
        signed_in.delete(MEETING)
    assert seen == [f"DELETE /api/v1/meetings/{MEETING}"]


def test_a_wrong_password_is_a_refusal_not_a_loop() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(401, json={"error": {"code": "BAD_CREDENTIALS", "message": "Wrong."}})

    with client(answer) as signed_in, pytest.raises(RequestRefused, match="BAD_CREDENTIALS"):
        signed_in.sign_in()


def test_a_silent_api_is_said_to_be_silent() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("connection refused")

    with client(refuse) as signed_in, pytest.raises(ServerSilent, match="does not answer"):
        next(signed_in.follow(MEETING))
