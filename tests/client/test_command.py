"""The command `scribe` against a real gateway: upload, list, show, export, search, delete."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from client.running import Command, working
from recordings import tone
from scribe.settings import Settings
from scribe_client import Client


@pytest.fixture
def worker(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A worker whose engines are dummies."""
    with working(settings, tmp_path / "work"):
        yield


def uploaded(scribe: Command, *arguments: str | Path) -> UUID:
    told = scribe("upload", *arguments, "--json")
    assert told.returncode == 0, told.stderr
    return UUID(json.loads(told.stdout)[0]["meeting_id"])


def test_a_recording_is_uploaded_with_what_is_known_of_it(scribe: Command, client: Client, wav: Path) -> None:
    meeting_id = uploaded(
        scribe, wav, "--title", "Stand-up", "--language", "fr", "--speakers", "2", "--tag", "a", "--tag", "b"
    )
    meeting = client.meeting(meeting_id)
    assert (meeting.title, meeting.language, meeting.tags) == ("Stand-up", "fr", ("a", "b"))
    assert meeting.filename == wav.name
    assert meeting.size == wav.stat().st_size


def test_a_name_beyond_ascii_arrives_whole(scribe: Command, client: Client, wav: Path) -> None:
    name = "Réunion d'équipe, été 議事録.wav"
    path = wav.rename(wav.with_name(name))
    assert client.meeting(uploaded(scribe, path)).filename == name


def test_the_same_recording_twice_is_told(scribe: Command, wav: Path) -> None:
    first = uploaded(scribe, wav)
    told = scribe("upload", wav)
    assert told.returncode == 0
    assert str(first) in told.stderr


def test_one_recording_that_is_refused_does_not_stop_the_others(
    scribe: Command, wav: Path, tmp_path: Path
) -> None:
    text = tmp_path / "notes.mp3"
    text.write_text("These are notes, not sound. " * 400)
    missing = tmp_path / "missing.wav"
    told = scribe("upload", text, missing, wav, "--json")
    assert told.returncode == 1
    outcomes = json.loads(told.stdout)
    assert [bool(outcome["meeting_id"]) for outcome in outcomes] == [False, False, True]
    assert "Traceback" not in told.stderr


def test_debug_adds_the_code_of_a_refusal(scribe: Command, tmp_path: Path) -> None:
    text = tmp_path / "notes.mp3"
    text.write_text("These are notes, not sound. " * 400)
    assert "UNSUPPORTED_MEDIA" not in scribe("upload", text).stderr
    assert "UNSUPPORTED_MEDIA (status" in scribe("--debug", "upload", text).stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["upload"],
        ["upload", "a.wav", "b.wav", "--title", "One"],
        ["upload", "a.wav", "--pattern", "*.wav"],
        ["upload", "--watch", "no-such-folder"],
        ["upload", "a.wav", "--watch", "."],
        ["show", "not-an-id"],
        ["list", "--status", "asleep"],
        ["no-such-command"],
    ],
)
def test_wrong_usage_has_an_exit_code_of_its_own(nobody: Command, arguments: list[str]) -> None:
    told = nobody(*arguments)
    assert told.returncode == 2
    assert told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    "command", ["login", "logout", "whoami", "upload", "list", "show", "export", "search", "delete"]
)
def test_every_command_explains_itself(nobody: Command, command: str) -> None:
    told = nobody(command, "--help")
    assert told.returncode == 0
    assert f"scribe {command}" in told.stdout


def test_meetings_are_listed_newest_first_over_many_pages(
    scribe: Command, client: Client, wav: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scribe_client.client.PAGE", 2)
    ids = []
    for number in range(5):
        wav.write_bytes(tone(1 + number / 10))
        ids.append(client.upload(wav, {"title": f"Talk {number}"}).meeting_id)
    assert [meeting.id for meeting in client.meetings()] == ids[::-1]
    assert [meeting.id for meeting in client.meetings(limit=3)] == ids[:1:-1]
    listed = json.loads(scribe("list", "--limit", "2", "--status", "pending", "--json").stdout)
    assert [meeting["title"] for meeting in listed] == ["Talk 4", "Talk 3"]
    assert json.loads(scribe("list", "--status", "completed", "--json").stdout) == []


def test_a_project_is_called_by_its_name(scribe: Command, client: Client, wav: Path) -> None:
    made = client.create_project("Product council")
    meeting_id = uploaded(scribe, wav, "--project", "product COUNCIL")
    assert client.meeting(meeting_id).project_id == made.id
    assert json.loads(scribe("list", "--project", "Product council", "--json").stdout)
    told = scribe("list", "--project", "No such project")
    assert told.returncode == 2
    assert "No such project" in told.stderr


def test_a_meeting_is_deleted_only_when_it_is_meant(scribe: Command, client: Client, wav: Path) -> None:
    meeting_id = uploaded(scribe, wav)
    assert scribe("delete", str(meeting_id), stdin="n\n").returncode == 1
    assert client.meeting(meeting_id).id == meeting_id
    assert scribe("delete", str(meeting_id), "--yes").returncode == 0
    assert scribe("show", str(meeting_id)).returncode == 1


@pytest.mark.usefixtures("worker")
def test_a_recording_comes_back_as_a_transcript(scribe: Command, wav: Path) -> None:
    told = scribe("upload", wav, "--export", "srt", "--json")
    assert told.returncode == 0, told.stderr
    outcome = json.loads(told.stdout)[0]
    assert outcome["status"] == "COMPLETED"
    srt = Path(outcome["transcript"]).read_text()
    assert "-->" in srt
    shown = scribe("show", outcome["meeting_id"])
    assert "completed" in shown.stdout
    assert scribe("export", outcome["meeting_id"], "--format", "srt").stdout.strip() == srt.strip()
    words = srt.strip().splitlines()[-1].split()
    found = scribe("search", words[-1].strip(".,"))
    assert outcome["meeting_id"] in found.stdout, found.stderr
    assert "Nothing" in scribe("search", "xylophone").stderr
