"""Uploads that a network, a person or a kill interrupts, against a real gateway."""

import hashlib
import json
import random
import signal
from pathlib import Path
from uuid import UUID

import pytest

from client.running import Command, breaking_network
from recordings import tone
from scribe_client import Client
from scribe_client.authentication import Tokens, TokensInMemory
from scribe_client.uploading import upload

SECONDS = 200
"""About 6 MiB of sound: more than a part of a multipart upload."""


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "long.wav"
    path.write_bytes(tone(SECONDS))
    return path


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "PIECE_BYTES", 2 << 20)
    monkeypatch.setattr("scribe_client.uploading.patience.FIRST_PAUSE_S", 0.05)


@pytest.mark.usefixtures("quick")
def test_a_line_that_is_cut_ten_times_delivers_every_byte(
    server: str, tokens: Tokens, recording: Path, tmp_path: Path
) -> None:
    size = recording.stat().st_size
    chance = random.Random(7)  # noqa: S311 - no secret
    cuts = sorted(chance.randrange(5_000, size) for _ in range(10))
    with (
        breaking_network(server, cuts) as network,
        Client.with_tokens(network.address, TokensInMemory(tokens), "ada", memory=tmp_path / "m") as client,
    ):
        meeting = client.meeting(client.upload(recording).meeting_id)
    assert cuts == [], "every cut must have happened"
    assert meeting.size == size
    assert meeting.sha256 == hashlib.sha256(recording.read_bytes()).hexdigest()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_command_that_is_ended_goes_on_when_it_is_run_again(
    scribe: Command, server: str, recording: Path, how: signal.Signals
) -> None:
    with breaking_network(server, [], hold_at=3 << 20) as network:
        kept = json.loads(scribe.credentials.read_text())
        scribe.credentials.write_text(json.dumps({**kept, "server": network.address}))
        with scribe.start("upload", recording) as command:
            assert network.held.wait(60)
            command.send_signal(how)
            _, told = command.communicate(timeout=60)
        network.hold_at = None
        network.release.set()
        if how is signal.SIGINT:
            assert command.returncode == 130
            assert "goes on where this one ended" in told
        again = scribe("upload", recording, "--json")
        assert again.returncode == 0, again.stderr
        shown = scribe("show", json.loads(again.stdout)[0]["meeting_id"], "--json")
    assert "going on at" in again.stderr
    assert network.passed < 1.8 * recording.stat().st_size
    assert json.loads(shown.stdout)["sha256"] == hashlib.sha256(recording.read_bytes()).hexdigest()


def test_an_upload_whose_last_answer_was_lost_makes_one_meeting(client: Client, recording: Path) -> None:
    class KilledHereError(Exception):
        pass

    def die(_: object) -> None:
        raise KilledHereError

    with pytest.raises(KilledHereError):
        client.upload(recording, before_forgetting=die)
    first = client.upload(recording).meeting_id
    assert [meeting.id for meeting in client.meetings()] == [UUID(str(first))]
