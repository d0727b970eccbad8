"""Waiting for a meeting: what is lost, deleted or interrupted on the way."""

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from client.misbehaving import MEETING, Tus
from client.running import Command
from scribe_client import Client, Refused

Saying = Callable[[], Iterator[bytes]]
AWAY = httpx.Response(503)


class Events:
    """A server that tells over a stream what happens to a meeting, after what ``tus`` does."""

    def __init__(self, saying: Saying, meetings: list[httpx.Response]) -> None:
        self.tus = Tus()
        self._saying = saying
        self._meetings = meetings

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/events"):
            headers = {"Content-Type": "text/event-stream"}
            return httpx.Response(200, headers=headers, content=self._saying())
        if request.url.path.endswith(f"/meetings/{MEETING}"):
            return self._meetings.pop(0)
        return self.tus(request)

    def client(self, memory: Path) -> Client:
        return Client.with_key("http://api.test", "k", memory=memory, transport=httpx.MockTransport(self))


def meeting(status: str) -> httpx.Response:
    return httpx.Response(200, json=Tus().meeting | {"status": status})


def no_more() -> Iterator[bytes]:
    yield b": ping\n\n"
    pytest.fail("it went on listening")


def test_a_meeting_that_is_deleted_is_no_longer_waited_for(tmp_path: Path) -> None:
    def deleted() -> Iterator[bytes]:
        told = f'{{"type": "meeting_deleted", "meeting_id": "{MEETING}"}}'
        yield f"event: meeting_deleted\ndata: {told}\n\n".encode()
        yield from no_more()

    events = Events(deleted, [meeting("PROCESSING"), httpx.Response(404)])
    with events.client(tmp_path) as client, pytest.raises(Refused):
        client.wait(MEETING)


def test_a_meeting_whose_last_announcement_was_lost_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scribe_client.following.ASK_AGAIN_S", 0)
    events = Events(no_more, [meeting("PROCESSING"), meeting("COMPLETED"), meeting("COMPLETED")])
    with events.client(tmp_path) as client:
        assert client.wait(MEETING).status == "COMPLETED"


def test_a_command_that_could_not_wait_to_the_end_sends_nothing_again(
    nobody: Command, wav: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scribe_client.following.RECONNECTS", 0)
    events = Events(no_more, [AWAY, meeting("COMPLETED"), meeting("COMPLETED")])
    monkeypatch.setattr("scribe_client.cli.upload.signed_in", lambda: events.client(tmp_path / "memory"))
    assert nobody("upload", wav, "--export", "srt").returncode == 3
    again = nobody("upload", wav, "--export", "srt")
    assert again.returncode == 0, again.stderr
    assert wav.with_name(f"{wav.name}.srt").read_text() == events.tus.transcript
    assert events.tus.created == 1
    events = Events(no_more, [])
    nobody("upload", wav)
    assert events.tus.created == 1, "what is done is forgotten"
