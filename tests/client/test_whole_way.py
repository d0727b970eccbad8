"""A folder that is watched against a real gateway with a real worker, and edits that meet."""

import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from client.running import Command, until, working
from recordings import tone
from scribe.settings import Settings
from scribe_client import Client, Transcript


@pytest.fixture
def worker(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A worker whose engines are dummies."""
    with working(settings, tmp_path / "work"):
        yield


@pytest.mark.usefixtures("worker")
def test_recordings_that_arrive_in_a_folder_come_back_as_transcripts_each_once(
    scribe: Command, tmp_path: Path
) -> None:
    folder, done = tmp_path / "recordings", tmp_path / "done"
    folder.mkdir()
    (folder / "first.wav").write_bytes(tone(1))
    options: list[str | Path] = ["--watch", folder, "--settle", "0.2", "--done-folder", done]

    def watch_until(*names: str) -> None:
        with scribe.start("upload", *options, "--export", "srt") as command:
            until(lambda: all((done / name).exists() for name in names))
            command.send_signal(signal.SIGINT)
            _, told = command.communicate(timeout=60)
        assert command.returncode == 130, told
        assert "Stopped watching" in told

    watch_until("first.wav", "first.wav.srt")
    (folder / "second.wav").write_bytes(tone(1.5))
    (folder / "first again.wav").write_bytes(tone(1))
    watch_until("second.wav", "second.wav.srt", "first again.wav")
    assert list(folder.iterdir()) == []
    listed = json.loads(scribe("list", "--json").stdout)
    assert sorted(meeting["filename"] for meeting in listed) == ["first.wav", "second.wav"]


@pytest.mark.usefixtures("worker")
def test_edits_that_meet_are_both_there_in_the_end(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "talk.wav"
    path.write_bytes(tone(3))
    meeting_id = client.upload(path).meeting_id
    assert client.wait(meeting_id).status == "COMPLETED"
    both_have_read = threading.Barrier(2)
    told: list[int] = []

    def edit(name: str, flag: str) -> None:
        first = True

        def plan(transcript: Transcript) -> list[dict[str, str]]:
            nonlocal first
            if first:
                first = False
                both_have_read.wait(timeout=30)
            speaker = transcript.speakers[0]
            return [{"op": "rename_speaker", "speaker": speaker.id, "name": f"{speaker.display_name} {flag}"}]

        edited = client.edit(meeting_id, plan)
        assert edited is not None, name
        told.append(edited.revision)

    threads = [threading.Thread(target=edit, args=(name, name)) for name in ("one", "two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == [2, 3]
    name = client.transcript(meeting_id).speakers[0].display_name
    assert {"one", "two"} <= set(name.split())
