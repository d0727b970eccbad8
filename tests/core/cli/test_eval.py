"""`eval` runs every recording with every pair of engines, tells what is beyond a limit, and goes on."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from scribe.settings import REPOSITORY
from scribe.transcript.document import Engines, EngineUsed, Segment, Speaker, Transcript, Word
from stack.cli import eval as eval_command
from stack.cli import product
from stack.cli.__main__ import app
from stack.cli.errors import ServerSilent
from stack.client import MeetingState
from stack.evaluating.manifest import Manifest
from stack.evaluating.markdown import HEADER, method

DATA = REPOSITORY / "tests" / "data"
LISTED = Manifest.load(DATA / "eval.json")
SAID = {"anna": "good morning everyone", "ben": "hello anna"}
STM = "talk 1 anna 0 2 good morning everyone\ntalk 1 ben 2 3 hello anna\n"


def transcript_of(meeting_id: UUID, transcriber: str, diariser: str) -> Transcript:
    """Right with the transcriber ``good``; with ``deaf`` a word is missing. ``none`` hears one voice."""
    ben = "S1" if diariser == "none" else "S2"
    used = EngineUsed(name=transcriber, model="m", device="cpu", compute_type="int8", peak_memory_mib=100.4)
    spoken = [
        ("good", 0.0, 0.6, "S1"),
        ("morning", 0.6, 1.3, "S1"),
        ("everyone", 1.3, 2.0, "S1"),
        ("hello", 2.0, 2.5, ben),
        ("Anna.", 2.5, 3.0, ben),
    ]
    words = [Word(start=a, end=b, text=w, confidence=1, speaker=who) for w, a, b, who in spoken]
    kept = [word for word in words if transcriber != "deaf" or word.text != "everyone"]
    segments = [
        Segment(id=1, start=0, end=2, speaker="S1", text=" ".join(w.text for w in kept if w.start < 2)),
        Segment(id=2, start=2, end=3, speaker=ben, text="hello Anna."),
    ]
    return Transcript(
        meeting_id=meeting_id,
        revision=1,
        language="en",
        duration=4,
        engines=Engines(transcriber=used, diariser=used),
        speakers=tuple(Speaker(id=who, label=who) for who in sorted({"S1", ben})),
        segments=tuple(segments),
        timings={"convert": 1, "diarise": 1, "diarise_load": 2, "transcribe": 2, "transcribe_load": 0},
    )


class FakeApi:
    """Stands in for a running product: with the transcriber ``broken`` a meeting fails.

    With ``picky`` it fails except for the recording ``talk``; with ``stale`` its transcript is no transcript.
    """

    def __init__(self) -> None:
        self.fields: dict[UUID, dict[str, str]] = {}
        self.kept: set[UUID] = set()
        self.refusal: Exception | None = None

    def start(self, _: object) -> product.Started:
        return product.Started("http://api.test", None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def upload(self, _: Path, fields: dict[str, str]) -> UUID:
        meeting_id = uuid4()
        self.fields[meeting_id] = fields
        self.kept.add(meeting_id)
        return meeting_id

    def delete(self, meeting_id: UUID) -> None:
        if self.refusal:
            raise self.refusal
        self.kept.remove(meeting_id)

    def follow(self, meeting_id: UUID) -> Iterator[MeetingState]:
        fields = self.fields[meeting_id]
        if fields["transcriber"] == "broken" or (
            fields["transcriber"] == "picky" and fields["title"] != "eval: talk"
        ):
            yield MeetingState(status="FAILED", error_code="ENGINE_CRASHED", error_message="It fell over.")
        else:
            yield MeetingState(status="COMPLETED")

    def transcript(self, meeting_id: UUID) -> Transcript:
        fields = self.fields[meeting_id]
        if fields["transcriber"] == "stale":
            return Transcript.model_validate({})
        return transcript_of(meeting_id, fields["transcriber"], fields["diariser"])


@pytest.fixture(autouse=True)
def api(monkeypatch: pytest.MonkeyPatch) -> FakeApi:
    fake = FakeApi()
    monkeypatch.setattr(eval_command, "load_settings", lambda: None)
    monkeypatch.setattr(product, "start", fake.start)
    monkeypatch.setattr(eval_command, "sign_in", lambda _: fake)
    return fake


Write = Callable[..., str]


@pytest.fixture
def manifest(tmp_path: Path) -> Write:
    """Writes a manifest of one recording, ``talk``, with the given keys on top."""
    (tmp_path / "talk.wav").write_bytes(b"RIFF")
    (tmp_path / "talk.stm").write_text(STM, encoding="utf-8")

    def write(recording: dict[str, Any] | None = None, **more: Any) -> str:
        talk = {"name": "talk", "audio": "talk.wav", "language": "en", "stm": "talk.stm", **(recording or {})}
        path = tmp_path / "eval.json"
        path.write_text(json.dumps({"engines": ["good+two"], "files": [talk], **more}), encoding="utf-8")
        return str(path)

    return write


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["eval", *arguments], env={"COLUMNS": "300"})
    return result.exit_code, result.stdout, result.stderr


def as_json(*arguments: str) -> tuple[int, dict[str, Any]]:
    code, out, _ = run(*arguments, "--json")
    return code, json.loads(out)


def test_a_right_transcript_has_no_errors_and_its_cost_is_told(manifest: Write) -> None:
    code, told = as_json(manifest())
    measured = told["measured"][0]
    assert code == 0
    assert measured["accuracy"]["wer"] == {"words": 5, "substitutions": 0, "deletions": 0, "insertions": 0}
    assert measured["accuracy"]["der"]["confusion"] == 0
    assert (measured["found"], measured["expected"]) == (2, 2)
    assert measured["cost"] == {"audio": 4, "work": 4, "loads": 1, "memory_mib": 100.4, "vram_mib": None}


def test_engines_are_compared_side_by_side(manifest: Write, api: FakeApi) -> None:
    _, out, _ = run(manifest(), "--engine", "good:big+none", "--engine", "deaf+two:small")
    assert list(api.fields.values()) == [
        {
            "title": "eval: talk",
            "language": "en",
            "transcriber": "good",
            "transcriber_model": "big",
            "diariser": "none",
        },
        {
            "title": "eval: talk",
            "language": "en",
            "transcriber": "deaf",
            "diariser": "two",
            "diariser_model": "small",
        },
    ]
    pooled = out[out.index("All recordings") :].splitlines()
    rates = {line.split()[0]: " ".join(line.split()[3:15]) for line in pooled[2:]}
    assert rates == {
        "good:big+none": "0.0 % (1) 0.0 % (1) 80.0 % (1) 80.0 % (1)",
        "deaf+two:small": "20.0 % (1) 20.0 % (1) 20.0 % (1) 20.0 % (1)",
    }


def test_engines_named_twice_count_once(manifest: Write) -> None:
    _, told = as_json(manifest(), "--engine", "deaf+two", "--engine", "good+two", "--engine", " deaf+two")
    assert [part["pair"] for part in told["measured"]] == ["deaf+two", "good+two"]
    assert [part["pair"] for part in told["pooled"]] == ["deaf+two", "good+two"]


def test_a_recording_beyond_its_limit_ends_in_exit_code_1(manifest: Write) -> None:
    limits = {"*": {"wer": 0.3}, "deaf+two": {"cpwer": 0.1}}
    path = manifest({"limits": limits}, engines=["good+two", "deaf+two"])
    code, told = as_json(path)
    assert code == 1
    assert [part["beyond"] for part in told["measured"]] == [[], ["cpwer 20.0% > 10.0%"]]


def test_limits_on_the_command_line_hold_where_something_can_be_measured(manifest: Write) -> None:
    only_text = {"stm": None, "text": "good morning everyone hello anna"}
    path = manifest(only_text, engines=["deaf+none"])
    assert run(path, "--max-der", "0.1")[0] == 0
    code, told = as_json(path, "--max-wer", "0.1")
    assert (code, told["measured"][0]["beyond"]) == (1, ["wer 20.0% > 10.0%"])
    assert told["measured"][0]["accuracy"]["der"] is None


def test_a_limit_without_a_reference_is_missed(manifest: Write) -> None:
    code, told = as_json(manifest({"stm": None, "limits": {"*": {"der": 0.2}}}))
    assert (code, told["measured"][0]["beyond"]) == (1, ["der has a limit but no reference"])


def test_a_failure_is_a_result_and_the_others_go_on(manifest: Write) -> None:
    code, told = as_json(manifest(engines=["broken+two", "good+two"]))
    assert code == 1
    failed, done = told["measured"]
    assert "It fell over. [ENGINE_CRASHED]" in failed["failure"]
    assert done["failure"] is None
    assert [part["recordings"] for part in told["pooled"]] == [0, 1]


def test_a_transcript_that_cannot_be_measured_takes_nothing_from_the_others(
    manifest: Write, tmp_path: Path
) -> None:
    page = tmp_path / "accuracy.md"
    code, told = as_json(manifest(engines=["stale+two", "good+two"]), "--markdown", str(page))
    assert code == 1
    failed, done = told["measured"]
    assert failed["failure"].startswith("ValidationError: ")
    assert done["accuracy"]["wer"]["words"] == 5
    assert "| stale+two | 0 | 1 |" in page.read_text(encoding="utf-8")


def test_a_pair_that_failed_on_a_recording_does_not_look_better(manifest: Write) -> None:
    hard = {"name": "hard", "audio": "talk.wav", "language": "en", "text": "nothing of this was said"}
    talk = {"name": "talk", "audio": "talk.wav", "language": "en", "stm": "talk.stm"}
    path = manifest(engines=["picky+two", "good+two", "broken+two"], files=[hard, talk])
    picky, good, broken = as_json(path)[1]["pooled"]
    assert [(part["recordings"], part["failures"]) for part in (picky, good, broken)] == [
        (1, 1),
        (1, 0),
        (0, 2),
    ]
    assert picky["accuracy"] == good["accuracy"]


def test_pooled_figures_say_how_many_recordings_they_come_from(manifest: Write) -> None:
    words = {"name": "words", "audio": "talk.wav", "language": "en", "text": "good morning"}
    talk = {"name": "talk", "audio": "talk.wav", "language": "en", "stm": "talk.stm"}
    pooled = as_json(manifest(files=[words, talk]))[1]["pooled"][0]
    assert pooled["behind"] == {"wer": 2, "wer_basic": 2, "cpwer": 1, "tcpwer": 1, "der": 1, "der_alone": 1}


@pytest.mark.parametrize("engine", ["good+two", "broken+two", "stale+two"])
def test_the_meetings_that_come_about_are_deleted_unless_they_shall_stay(
    manifest: Write, api: FakeApi, engine: str
) -> None:
    run(manifest(engines=[engine]))
    assert (len(api.fields), len(api.kept)) == (1, 0)
    run(manifest(engines=[engine]), "--keep")
    assert (len(api.fields), len(api.kept)) == (2, 1)


def test_a_meeting_that_cannot_be_deleted_is_measured_all_the_same(manifest: Write, api: FakeApi) -> None:
    api.refusal = ServerSilent(address="http://api.test", reason="gone")
    code, _, err = run(manifest())
    assert code == 0
    assert f"The meeting {next(iter(api.kept))} stays" in err


def test_recordings_that_not_everybody_has_are_listed_as_not_measured(
    manifest: Write, tmp_path: Path
) -> None:
    also = [
        {"name": "real", "audio": "real.wav", "language": "en", "text": "good morning everyone hello anna"}
    ]
    path = manifest(also=also)
    code, told = as_json(path)
    assert (code, told["not_measured"][0]["what"]) == (0, "real")
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    assert as_json(path, "--also", str(folder))[1]["not_measured"][0]["what"] == "real"
    (folder / "real.wav").write_bytes(b"RIFF")
    told = as_json(path, "--also", str(folder))[1]
    assert [part["recording"] for part in told["measured"]] == ["talk", "real"]
    assert told["not_measured"] == []
    assert str(folder) not in told["circumstances"]["command"]


def test_what_a_reader_may_miss_is_told(manifest: Write) -> None:
    missing = {"what": "French", "why": "nobody recorded any"}
    assert as_json(manifest(not_measured=[missing]))[1]["not_measured"] == [missing]


@pytest.mark.parametrize(
    ("recording", "complaint"),
    [
        ({"audio": "missing.wav"}, "There is no file"),
        ({"stm": "missing.stm"}, "missing.stm: No such file"),
        ({"rttm": "talk.stm"}, "holds no line"),
        ({"text": "twice"}, "takes one of"),
        ({"colour": "red"}, "files: 0: colour:"),
        ({"limits": {"*": {"wer": -1}}}, "greater than or equal to 0"),
        (
            {"limits": {"good+twp": {"wer": 1}}},
            "the limits of talk are for good+twp, which is not in engines",
        ),
        ({"language": None}, "needs its language"),
        ({"language": None, "stm": None, "text": "hello"}, "needs its language"),
    ],
)
def test_what_is_wrong_in_a_manifest_is_said_before_anything_starts(
    manifest: Write, api: FakeApi, recording: dict[str, Any], complaint: str
) -> None:
    code, _, err = run(manifest(recording))
    assert (code, api.fields) == (1, {})
    assert complaint in err


def test_engines_that_nobody_can_read_are_refused(manifest: Write) -> None:
    code, _, err = run(manifest(), "--engine", "good")
    assert code == 1
    assert "TRANSCRIBER[:MODEL]+DIARISER[:MODEL]" in err


def test_engines_of_a_manifest_that_nobody_can_read_are_refused(manifest: Write) -> None:
    code, _, err = run(manifest(engines=["good"]))
    assert code == 1
    assert "TRANSCRIBER[:MODEL]+DIARISER[:MODEL]" in err


def test_without_a_recording_nothing_is_measured_and_no_page_written(
    manifest: Write, api: FakeApi, tmp_path: Path
) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text("as it was", encoding="utf-8")
    path = manifest(files=[], also=[{"name": "real", "audio": "real.wav"}])
    code, _, err = run(path, "--markdown", str(page))
    assert (code, api.fields, page.read_text(encoding="utf-8")) == (1, {}, "as it was")
    assert "Give the folder they lie in with --also" in err


def test_failures_alone_do_not_overwrite_a_page(manifest: Write, tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    page.write_text("as it was", encoding="utf-8")
    code, _, err = run(manifest(engines=["broken+two"]), "--markdown", str(page))
    assert (code, page.read_text(encoding="utf-8")) == (1, "as it was")
    assert "is left as it was" in err


@pytest.mark.parametrize(
    ("name", "complaint"), [("", "it is a folder"), ("no/page.md", "there is no folder")]
)
def test_a_page_that_cannot_be_written_is_said_before_anything_starts(
    manifest: Write, api: FakeApi, tmp_path: Path, name: str, complaint: str
) -> None:
    code, _, err = run(manifest(), "--markdown", str(tmp_path / name))
    assert (code, api.fields) == (1, {})
    assert complaint in err
    assert "--markdown" in err


def test_the_figures_are_printed_before_the_page_is_written(
    manifest: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    path = manifest()
    monkeypatch.setattr(Path, "write_text", full)
    code, out, err = run(path, "--markdown", str(tmp_path / "accuracy.md"))
    assert code == 1
    assert "All recordings" in out
    assert "No space left on device" in err


def test_the_command_of_the_page_names_its_limits(manifest: Write) -> None:
    told = as_json(manifest(), "--max-wer", "0.25", "--max-der", "0.3")[1]
    assert told["circumstances"]["command"] == "./manage.sh eval eval.json --max-wer 0.25 --max-der 0.3"


def test_the_page_tells_the_figures_and_how_they_come_about(manifest: Write, tmp_path: Path) -> None:
    page = tmp_path / "accuracy.md"
    run(manifest({"note": "Two people, by hand."}, engines=["deaf+two"]), "--markdown", str(page))
    text = page.read_text(encoding="utf-8")
    assert text.startswith(HEADER)
    assert text.endswith(method())
    assert "## talk\n\nTwo people, by hand.\n\n| engines |" in text
    assert "| deaf+two | 20.0 % |" in text
    assert "0.25 s around each boundary" in text


def test_the_published_page_explains_the_figures_as_the_program_does_now() -> None:
    text = (REPOSITORY / "docs" / "accuracy.md").read_text(encoding="utf-8")
    assert text.startswith(HEADER)
    assert text.endswith(method())


def test_the_manifest_of_the_repository_holds() -> None:
    for recording in LISTED.files:
        recording.checked(DATA)
    assert all((DATA / model).is_dir() for model in LISTED.models)


def test_the_published_page_has_a_row_for_every_recording_and_every_pair() -> None:
    text = (REPOSITORY / "docs" / "accuracy.md").read_text(encoding="utf-8")
    chapters = {part.partition("\n")[0]: part for part in text.split("\n## ")}
    listed = {
        (recording.name, str(pair)) for recording in (*LISTED.files, *LISTED.also) for pair in LISTED.pairs
    }
    assert listed
    assert not {(name, pair) for name, pair in listed if f"\n| {pair} | " not in chapters.get(name, "")}
