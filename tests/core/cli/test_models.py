"""`models` as people and scripts meet it: without any server running."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from fake_hub import FakeHub
from scribe.models import FileRecord
from scribe.models.catalogue import CATALOGUE, CatalogueEntry
from scribe.settings import REPOSITORY, ModelSettings, Settings
from stack.cli import models
from stack.cli.__main__ import app

FIXTURES = REPOSITORY / "tests" / "fixtures" / "models"
CONTENT = b"a very small model"
ENTRY = CatalogueEntry(
    name="smallest",
    family="whisper",
    repo="someone/smallest",
    revision="f" * 40,
    license="MIT",
    gated=True,
    files={"model.bin": FileRecord(size=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest())},
)


@pytest.fixture
def served() -> Iterator[FakeHub]:
    with FakeHub({f"/{ENTRY.repo}/resolve/{ENTRY.revision}/model.bin": CONTENT}).serving() as hub:
        yield hub


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, served: FakeHub, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty store, a hub on loopback, and one more model in the catalogue."""
    chosen = Settings(
        _env_file=None,
        env="development",
        models=ModelSettings(folder=tmp_path / "models", hub=served.address),
    )
    monkeypatch.setattr(models, "load_settings", lambda: chosen)
    monkeypatch.setitem(CATALOGUE, ENTRY.name, ENTRY)
    return chosen


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["models", *map(str, words)])


def states() -> dict[str, str]:
    return {row["name"]: row["state"] for row in json.loads(run("list", "--json").stdout)}


def test_a_pulled_model_is_listed_as_installed() -> None:
    assert states()["smallest"] == "available"
    pulled = run("pull", "smallest")
    assert pulled.exit_code == 0, pulled.stderr
    assert "smallest is installed (whisper, 1 MiB, checked)" in pulled.stderr
    assert states()["smallest"] == "installed"


def test_the_table_tells_size_and_licence_of_what_can_be_pulled_and_which_is_gated() -> None:
    lines = run("list").stdout.splitlines()
    community = next(line.split() for line in lines if line.startswith("community-1"))
    assert community == ["community-1", "pyannote", "available", "32", "CC-BY-4.0,", "gated"]
    assert next(line for line in lines if line.startswith("tiny ")).rstrip().endswith("MIT")


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    answer = run("pull", "hughe")
    assert answer.exit_code == 1
    assert "large-v3-turbo, community-1" in answer.stderr


def test_a_gated_model_without_a_token_says_the_next_step(served: FakeHub) -> None:
    served.token = "hf_secret"
    answer = run("pull", "smallest")
    assert answer.exit_code == 1
    assert "SCRIBE_MODELS__TOKEN" in answer.stderr
    assert "Traceback" not in answer.output


def test_an_added_folder_is_listed_verified_and_removed() -> None:
    assert run("add", FIXTURES / "whisper-tiny", "--name", "mine").exit_code == 0
    assert states()["mine"] == "installed"
    assert "mine" in run("verify").stdout
    assert run("remove", "mine").exit_code == 0
    assert "mine" not in states()


def test_damage_is_found_and_told_by_the_exit_code(settings: Settings) -> None:
    run("add", FIXTURES / "whisper-tiny", "--name", "mine")
    (settings.models_folder / "local" / "mine" / "config.json").write_text("changed")
    answer = run("verify", "mine", "--json")
    assert answer.exit_code == 1
    told = json.loads(answer.stdout)
    assert (told["ok"], told["damaged"], list(told["broken"])) == (False, {"mine": ["config.json"]}, ["mine"])
    assert states()["mine"] == "damaged"
    assert "(config.json). Run `./manage.sh models remove mine`" in run("list").stdout
    assert "(config.json). Run `./manage.sh models remove mine`" in run("verify").stdout


def test_a_record_that_nobody_can_read_is_listed_and_fails_the_check(settings: Settings) -> None:
    run("add", FIXTURES / "whisper-tiny", "--name", "mine")
    (settings.models_folder / "manifests" / "torn.json").write_text("{")
    assert states()["torn"] == "damaged"
    assert "torn: The record manifests/torn.json" in run("list").stdout
    answer = run("verify")
    assert answer.exit_code == 1
    assert [line.split()[:2] for line in answer.stdout.splitlines()] == [["mine", "ok"], ["torn", "The"]]
    assert run("verify", "torn").exit_code == 1
    assert run("verify", "mine").exit_code == 0


def test_checking_nothing_is_told() -> None:
    answer = run("verify")
    assert answer.exit_code == 0
    assert "No model is installed." in answer.stderr


def test_a_token_that_cannot_be_sent_is_not_shown(settings: Settings) -> None:
    settings.models.token = SecretStr("hf_sec\nret")
    answer = run("pull", "smallest")
    assert answer.exit_code == 1
    assert "SCRIBE_MODELS__TOKEN" in answer.stderr
    assert "hf_sec" not in answer.output


def test_a_hub_without_a_scheme_is_refused_before_anything_is_asked(settings: Settings) -> None:
    settings.models.hub = "hub.example"
    answer = run("pull", "smallest")
    assert answer.exit_code == 1
    assert "hub.example is no address of a model hub" in answer.stderr


@pytest.mark.parametrize("command", ["verify", "remove"])
def test_a_model_that_is_not_there_cannot_be_handled(command: str) -> None:
    answer = run(command, "nobody")
    assert answer.exit_code == 1
    assert "No model nobody is installed" in answer.stderr
