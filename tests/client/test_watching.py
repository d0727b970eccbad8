"""A watched folder: every recording once, whatever happens in between."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from client.misbehaving import MEETING, Tus, passes, refuse
from scribe_client import Client, NotSignedIn, Uploaded
from scribe_client.uploading.recording import Recording
from scribe_client.uploading.upload import Sending
from scribe_client.watching.folder import WatchedFolder
from scribe_client.watching.ledger import Due, Ledger, Outcome
from scribe_client.watching.watch import FolderWatch, Handling


class Noted:
    """What a person would be told, as lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def sending(self, recording: Recording) -> Sending:
        del recording
        return Sending()

    def sent(self, recording: Recording, uploaded: Uploaded) -> None:
        self.lines.append(f"sent {recording.path.name} {uploaded.meeting_id == MEETING}")

    def skipped(self, recording: Recording, outcome: Outcome) -> None:
        del outcome
        self.lines.append(f"skipped {recording.path.name}")

    def failed(self, path: Path, error: Exception, *, again: bool) -> None:
        del error
        self.lines.append(f"failed {path.name}{' for now' if again else ''}")

    def written(self, due: Due) -> None:
        self.lines.append(f"written {due.target.name}")

    def not_written(self, due: Due, reason: str) -> None:
        self.lines.append(f"not written {due.target.name}: {reason}")


@pytest.fixture
def tus() -> Tus:
    return Tus()


@pytest.fixture
def client(tus: Tus, tmp_path: Path) -> Iterator[Client]:
    transport = httpx.MockTransport(tus)
    with Client.with_key("http://api.test", "k", memory=tmp_path / "memory", transport=transport) as client:
        yield client


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scribe_client.uploading.patience.FIRST_PAUSE_S", 0)


class Watching:
    """A folder under watch; ``restart`` is another run of the program."""

    def __init__(self, client: Client, tmp_path: Path) -> None:
        self.folder = tmp_path / "recordings"
        self.folder.mkdir()
        self.now = 0.0
        self.client = client
        self.ledger_file = tmp_path / "ledger.sqlite3"
        self.handling = Handling()
        self.told = Noted()
        self.restart()

    def restart(self) -> None:
        ledger = Ledger(self.ledger_file, "here")
        folder = WatchedFolder(self.folder, settle_s=5.0, clock=lambda: self.now)
        self.watch = FolderWatch(self.client, folder, ledger, self.handling, self.told)

    def put(self, name: str, content: bytes = b"sound") -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def pass_by(self, seconds: float = 5.0) -> list[str]:
        """Look, let time go by, look again; returns what was told on the way."""
        before = len(self.told.lines)
        self.watch.look()
        self.now += seconds
        self.watch.look()
        return self.told.lines[before:]


@pytest.fixture
def watching(client: Client, tmp_path: Path) -> Watching:
    return Watching(client, tmp_path)


def test_a_recording_is_sent_once(watching: Watching, tus: Tus) -> None:
    watching.put("talk.mp3")
    assert watching.pass_by() == ["sent talk.mp3 True"]
    assert watching.pass_by() == []
    assert tus.created == 1


def test_a_file_that_still_grows_is_left_alone(watching: Watching, tus: Tus) -> None:
    path = watching.put("talk.mp3", b"be")
    assert watching.pass_by(3) == []
    path.write_bytes(b"begun")
    assert watching.pass_by(3) == []
    assert tus.created == 0
    assert watching.pass_by(3) == ["sent talk.mp3 True"]


def test_a_restart_sends_nothing_twice_and_misses_nothing(watching: Watching, tus: Tus) -> None:
    watching.put("one.mp3")
    watching.pass_by()
    watching.put("two.mp3", b"other sound")
    watching.restart()
    assert watching.pass_by() == ["sent two.mp3 True"]
    assert tus.created == 2


def test_the_same_content_under_another_name_is_known(watching: Watching, tus: Tus) -> None:
    watching.put("talk.mp3")
    watching.pass_by()
    watching.put("copy of talk.mp3")
    assert watching.pass_by() == ["skipped copy of talk.mp3"]
    assert watching.pass_by() == []
    assert tus.created == 1


def test_a_file_that_was_written_anew_is_another_recording(watching: Watching, tus: Tus) -> None:
    path = watching.put("talk.mp3")
    watching.pass_by()
    path.write_bytes(b"another talk")
    assert watching.pass_by() == ["sent talk.mp3 True"]
    assert tus.created == 2


def test_what_is_no_sound_by_its_name_is_never_sent(watching: Watching) -> None:
    for name in ("notes.txt", "minutes.pdf", ".talk.mp3", "talk.mp3.part"):
        watching.put(name)
    assert watching.pass_by() == []


def test_patterns_decide_where_they_are_given(watching: Watching, client: Client, tmp_path: Path) -> None:
    watching.put("talk.dat")
    watching.put("talk.mp3", b"other sound")
    folder = WatchedFolder(watching.folder, ["*.dat"], settle_s=0)
    told = Noted()
    FolderWatch(client, folder, Ledger(tmp_path / "other", "here"), Handling(), told).look()
    assert told.lines == ["sent talk.dat True"]


def test_files_that_were_sent_go_to_the_folder_for_them(watching: Watching, tmp_path: Path) -> None:
    done = tmp_path / "done"
    done.mkdir()
    (done / "talk.mp3").write_bytes(b"an older one")
    watching.handling = Handling(done_folder=done)
    watching.restart()
    watching.put("talk.mp3")
    watching.pass_by()
    assert sorted(path.name for path in done.iterdir()) == ["talk (2).mp3", "talk.mp3"]
    assert list(watching.folder.iterdir()) == []


def test_a_program_killed_before_it_put_a_file_away_does_so_in_its_next_run(
    watching: Watching, tmp_path: Path, tus: Tus
) -> None:
    watching.put("talk.mp3")
    watching.pass_by()
    watching.handling = Handling(done_folder=tmp_path / "done")
    watching.restart()
    watching.pass_by()
    assert (tmp_path / "done" / "talk.mp3").exists()
    assert tus.created == 1


def test_what_the_server_cannot_use_is_told_once_and_stays_in_sight(watching: Watching, tus: Tus) -> None:
    path = watching.put("talk.mp3")
    tus.mishaps = [passes, refuse(415, "UNSUPPORTED_MEDIA")]
    assert watching.pass_by() == ["failed talk.mp3"]
    watching.restart()
    assert watching.pass_by() == []
    assert path.exists()
    assert tus.created == 1


@pytest.mark.parametrize("status", [403, 413])
def test_what_is_refused_for_now_is_tried_by_the_next_run(watching: Watching, tus: Tus, status: int) -> None:
    watching.put("talk.mp3")
    tus.mishaps = [refuse(status)]
    assert watching.pass_by() == ["failed talk.mp3 for now"]
    assert watching.pass_by() == []
    watching.restart()
    assert watching.pass_by() == ["sent talk.mp3 True"]


@pytest.mark.parametrize("code", ["VALIDATION_ERROR", "QUOTA_DURATION_EXCEEDED", "UPLOAD_TOO_LARGE"])
def test_what_only_another_option_or_limit_can_mend_waits_for_the_next_run(
    watching: Watching, tus: Tus, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scribe_client.watching.watch.AGAIN_S", 0)
    watching.put("talk.mp3")
    tus.mishaps = [passes, refuse(422, code)]
    assert watching.pass_by() == ["failed talk.mp3"]
    assert watching.pass_by() == []
    watching.restart()
    assert watching.pass_by() == ["sent talk.mp3 True"]


def test_what_is_refused_again_and_again_is_tried_less_and_less_often(
    watching: Watching, tus: Tus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scribe_client.watching.watch.time.monotonic", lambda: watching.now)
    watching.put("talk.mp3")
    tus.mishaps = [refuse(413, "QUOTA_BYTES_EXCEEDED")] * 100
    tries = [len(watching.pass_by(300)) for _ in range(15)]
    assert tries == [1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


def test_an_answer_that_cannot_be_read_does_not_end_the_watch(watching: Watching, tus: Tus) -> None:
    watching.put("talk.mp3")
    tus.mishaps = [passes, passes, lambda _: httpx.Response(200, text="a page of a proxy")]
    assert watching.pass_by() == ["failed talk.mp3 for now"]
    assert watching.pass_by() == ["sent talk.mp3 True"]


def test_one_recording_that_fails_does_not_hold_up_the_others(watching: Watching, tus: Tus) -> None:
    first, second = watching.put("first.mp3"), watching.put("second.mp3", b"other sound")
    os.utime(first, (1, 1))
    os.utime(second, (2, 2))
    tus.mishaps = [refuse(415, "UNSUPPORTED_MEDIA")]
    assert watching.pass_by() == ["failed first.mp3", "sent second.mp3 True"]


def test_a_server_that_is_away_is_waited_for(watching: Watching, tus: Tus) -> None:
    watching.put("talk.mp3")
    tus.mishaps = [refuse(503)] * 13
    assert watching.pass_by() == ["failed talk.mp3 for now"]
    watching.watch.look()
    assert watching.told.lines[-1] == "sent talk.mp3 True"


def test_a_session_that_ended_ends_the_watch(watching: Watching, tus: Tus) -> None:
    watching.put("talk.mp3")
    tus.mishaps = [refuse(401)]
    with pytest.raises(NotSignedIn):
        watching.pass_by()


def test_a_folder_that_is_not_there_for_a_while_is_waited_for(watching: Watching) -> None:
    watching.folder.rmdir()
    assert set(watching.pass_by()) == {"failed recordings for now"}
    watching.folder.mkdir()
    watching.put("talk.mp3")
    assert watching.pass_by() == ["sent talk.mp3 True"]


def test_a_transcript_is_written_once_the_meeting_is_done_also_by_a_later_run(
    watching: Watching, tus: Tus
) -> None:
    watching.handling = Handling(form="srt")
    watching.restart()
    path = watching.put("talk.mp3")
    tus.meeting |= {"status": "PROCESSING", "revision": None}
    assert watching.pass_by() == ["sent talk.mp3 True"]
    watching.restart()
    tus.meeting |= {"status": "COMPLETED", "revision": 1}
    assert watching.pass_by() == ["written talk.mp3.srt"]
    assert path.with_name("talk.mp3.srt").read_text() == tus.transcript
    assert watching.pass_by() == []


def test_recordings_of_the_same_name_keep_a_transcript_each(
    watching: Watching, tus: Tus, tmp_path: Path
) -> None:
    done = tmp_path / "done"
    watching.handling = Handling(done_folder=done, form="srt")
    watching.restart()
    tus.meeting |= {"status": "COMPLETED", "revision": 1}
    watching.put("talk.mp3")
    watching.pass_by()
    tus.meeting |= {"id": str(uuid4())}
    watching.put("talk.mp3", b"other sound")
    watching.pass_by()
    assert sorted(path.name for path in done.iterdir()) == [
        "talk (2).mp3",
        "talk (2).mp3.srt",
        "talk.mp3",
        "talk.mp3.srt",
    ]


def test_a_transcript_that_cannot_be_written_stays_due(watching: Watching, tus: Tus) -> None:
    watching.handling = Handling(form="srt")
    watching.restart()
    path = watching.put("talk.mp3")
    tus.meeting |= {"status": "COMPLETED", "revision": 1}
    in_the_way = path.with_name("talk.mp3.srt")
    in_the_way.mkdir()
    assert watching.pass_by()[-1] == "failed talk.mp3.srt for now"
    in_the_way.rmdir()
    watching.restart()
    assert watching.pass_by() == ["written talk.mp3.srt"]


def test_a_meeting_that_failed_has_no_transcript_to_write(watching: Watching, tus: Tus) -> None:
    watching.handling = Handling(form="srt")
    watching.restart()
    watching.put("talk.mp3")
    tus.meeting |= {"status": "FAILED", "revision": None, "error_message": "No speech was found."}
    assert watching.pass_by()[-1] == "not written talk.mp3.srt: No speech was found."
    assert watching.pass_by() == []
