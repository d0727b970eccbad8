"""Where transcripts go, and what is said about recordings that fail."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Self
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from stack.cli import product, transcribe
from stack.cli.__main__ import app
from stack.cli.errors import RequestRefused
from stack.client import MeetingState

FAILED = MeetingState(status="FAILED", error_code="MEDIA_CORRUPT", error_message="The file is damaged.")
DONE = MeetingState(status="COMPLETED")


class FakeApi:
    """Stands in for a running product: a file named bad.* fails, one named odd.* is refused."""

    def __init__(self) -> None:
        self.uploads: dict[UUID, Path] = {}
        self.fields: list[dict[str, str]] = []
        self.starts = 0

    def start(self, _: object) -> product.Started:
        self.starts += 1
        return product.Started("http://api.test", None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def upload(self, path: Path, fields: dict[str, str]) -> UUID:
        if path.stem == "odd":
            raise RequestRefused(sentence="That is text.", api_code="UNSUPPORTED_MEDIA", http_status=415)
        self.fields.append(fields)
        meeting_id = uuid4()
        self.uploads[meeting_id] = path
        return meeting_id

    def follow(self, meeting_id: UUID) -> Iterator[MeetingState]:
        yield MeetingState(status="PROCESSING", stage="convert", progress=0.5)
        yield FAILED if self.uploads[meeting_id].stem == "bad" else DONE

    def rendered(self, meeting_id: UUID, form: str) -> str:
        return f"{self.uploads[meeting_id].name} as {form}"


@pytest.fixture(autouse=True)
def api(monkeypatch: pytest.MonkeyPatch) -> FakeApi:
    fake = FakeApi()
    monkeypatch.setattr(transcribe, "load_settings", lambda: None)
    monkeypatch.setattr(product, "start", fake.start)
    monkeypatch.setattr(transcribe, "sign_in", lambda _: fake)
    return fake


def recording(folder: Path, name: str) -> str:
    (folder / name).write_bytes(b"RIFF")
    return str(folder / name)


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["transcribe", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_transcript_goes_to_standard_output_and_progress_does_not(tmp_path: Path) -> None:
    code, out, err = run(recording(tmp_path, "talk.wav"), "--format", "srt")
    assert (code, out) == (0, "talk.wav as srt\n")
    assert "convert" in err


def test_options_become_form_fields(tmp_path: Path, api: FakeApi) -> None:
    run(recording(tmp_path, "talk.wav"), "--language", "fr", "--speakers", "3", "--diariser", "none")
    assert api.fields == [{"language": "fr", "speakers": "3", "diariser": "none"}]


def test_lists_become_lines_of_a_form_field(tmp_path: Path, api: FakeApi) -> None:
    terms = ("--vocabulary", "Grafana", "--vocabulary", "Dupont, Véronique")
    wishes = ("--languages", "fr,en", "--task", "translate", "--min-speakers", "2", "--max-speakers", "4")
    run(recording(tmp_path, "talk.wav"), *terms, *wishes)
    assert api.fields == [
        {
            "languages": "fr,en",
            "task": "translate",
            "vocabulary": "Grafana\nDupont, Véronique\n",
            "min_speakers": "2",
            "max_speakers": "4",
        }
    ]


def test_several_recordings_go_into_a_folder_under_their_own_names(tmp_path: Path) -> None:
    files = [recording(tmp_path, "a.wav"), recording(tmp_path, "b.mp4")]
    out = tmp_path / "out"
    out.mkdir()
    assert run(*files, "--format", "vtt", "--output", str(out))[0] == 0
    assert {path.name: path.read_text() for path in out.iterdir()} == {
        "a.vtt": "a.wav as vtt",
        "b.vtt": "b.mp4 as vtt",
    }


def test_recordings_of_the_same_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    files = [recording(tmp_path, "a.wav"), recording(tmp_path, "a.mp3")]
    out = tmp_path / "out"
    out.mkdir()
    assert run(*files, "--output", str(out))[0] == 0
    assert sorted(path.read_text() for path in out.iterdir()) == ["a.mp3 as txt", "a.wav as txt"]


def test_a_failed_recording_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    files = [recording(tmp_path, name) for name in ("bad.wav", "odd.wav", "good.wav")]
    code, out, err = run(*files, str(tmp_path / "missing.wav"))
    assert code == 1
    assert out == "good.wav as txt\n"
    assert "The file is damaged. [MEDIA_CORRUPT]" in err
    assert "That is text. [UNSUPPORTED_MEDIA]" in err
    assert "there is no such file" in err


def test_two_transcripts_do_not_go_into_one_file(tmp_path: Path) -> None:
    files = [recording(tmp_path, "a.wav"), recording(tmp_path, "b.wav")]
    code, _, err = run(*files, "--output", str(tmp_path / "one.txt"))
    assert code == 1
    assert "is not a folder" in err


@pytest.mark.parametrize("output", ["missing/a.txt", "a.wav/a.txt"])
def test_an_output_that_cannot_be_written_is_said_before_anything_starts(
    tmp_path: Path, api: FakeApi, output: str
) -> None:
    code, _, err = run(recording(tmp_path, "a.wav"), "--output", str(tmp_path / output))
    assert (code, api.starts) == (1, 0)
    assert "cannot be written" in err


def test_a_folder_that_may_not_be_written_is_said_before_anything_starts(
    tmp_path: Path, api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda _, mode: not mode & os.W_OK)  # root may write anywhere
    code, _, err = run(recording(tmp_path, "a.wav"), "--output", str(tmp_path / "a.txt"))
    assert (code, api.starts) == (1, 0)
    assert "may not be written" in err


def test_without_a_recording_that_can_be_read_nothing_starts(tmp_path: Path, api: FakeApi) -> None:
    code, _, err = run(str(tmp_path / "one.wav"), str(tmp_path))
    assert (code, api.starts) == (1, 0)
    assert err.count("there is no such file") == 2
