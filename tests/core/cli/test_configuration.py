"""Where settings come from, and which commands leave everything as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scribe.settings import REPOSITORY, DataPlace, Settings, StackPlace, get_settings
from stack.cli import cleaning, configuration
from stack.cli.__main__ import app
from stack.cli.configuration import data_folder, ensure_env, read_settings
from stack.cli.errors import SettingsWrong
from stack.embedded import StackConfig
from stack.embedded.checks import check_credentials
from stack.embedded.errors import CredentialUnusable


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A .env of the test's own, in a folder of its own, that is not there yet."""
    path = tmp_path / ".env"
    monkeypatch.setattr(configuration, "ENV_FILE", path)
    monkeypatch.setattr(cleaning, "ENV_FILE", path)
    monkeypatch.setattr(cleaning, "REPOSITORY", tmp_path)
    for kind in (Settings, DataPlace, StackPlace):
        monkeypatch.setitem(kind.model_config, "env_file", path)
    get_settings.cache_clear()
    yield path
    get_settings.cache_clear()


def read_again() -> Settings:
    get_settings.cache_clear()
    return read_settings()


def test_an_empty_setting_is_one_that_is_not_set(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env.write_text("SCRIBE_ENV=development\nSCRIBE_WORKER__METRICS_PORT=\nSCRIBE_STACK__VOLUMES=\n")
    monkeypatch.setenv("SCRIBE_API__PORT", "")

    settings = read_settings()

    assert settings.worker.metrics_port is None
    assert settings.api.port == 5000
    assert settings.stack.volumes == REPOSITORY / "volumes"


@pytest.mark.parametrize(
    ("written", "folder"), [("data", REPOSITORY / "data"), ("/srv/scribe", Path("/srv/scribe"))]
)
def test_a_relative_data_folder_counts_from_the_repository(
    env: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, folder: Path
) -> None:
    env.write_text(f"SCRIBE_ENV=development\nSCRIBE_STACK__VOLUMES={written}\n")
    monkeypatch.chdir(tmp_path)

    assert data_folder() == folder
    assert read_settings().stack.volumes == folder


def test_credentials_are_written_for_the_ports_that_are_configured(
    env: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env.write_text("SCRIBE_STACK__POSTGRES_PORT=21001\n")
    monkeypatch.setenv("SCRIBE_STACK__S3_PORT", "21003")

    ensure_env()

    config = StackConfig.from_settings(read_settings())
    assert (config.ports.postgres, config.ports.s3) == (21001, 21003)


def test_an_empty_secret_is_generated_like_a_missing_one(env: Path) -> None:
    env.write_text("SCRIBE_AUTH__SECRET=\n")

    ensure_env()

    assert read_settings().auth.secret.get_secret_value()
    assert ensure_env() == []


@pytest.mark.parametrize(
    ("setting", "unusable"),
    [
        ("SCRIBE_DATABASE__URL", "postgresql+asyncpg://scribe:per%25cent@127.0.0.1:21001/scribe"),
        ("SCRIBE_REDIS__URL", "redis://:with%20space@127.0.0.1:21002/0"),
        ("SCRIBE_S3__ACCESS_KEY", "NoColon"),
        ("SCRIBE_S3__SECRET_KEY", "with space"),
    ],
)
def test_the_advice_about_an_unusable_credential_works(env: Path, setting: str, unusable: str) -> None:
    env.write_text("SCRIBE_STACK__POSTGRES_PORT=21001\nSCRIBE_STACK__REDIS_PORT=21002\n")
    ensure_env()
    lines = [line for line in env.read_text().splitlines() if not line.startswith(f"{setting}=")]
    env.write_text("\n".join([*lines, f"{setting}={unusable}", ""]))
    with pytest.raises(CredentialUnusable, match=setting):
        check_credentials(StackConfig.from_settings(read_again()).credentials)

    env.write_text("\n".join([*lines, ""]))  # "Remove it from .env …
    ensure_env()  # … and run ./manage.sh setup"

    check_credentials(StackConfig.from_settings(read_again()).credentials)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"SCRIBE_STACK=no json"])
def test_a_file_that_cannot_be_understood_is_a_sentence(env: Path, content: bytes) -> None:
    env.write_bytes(content)

    with pytest.raises(SettingsWrong, match="settings do not hold"):
        data_folder()


@pytest.mark.parametrize(
    ("command", "exit_code"), [("ps", 0), ("health", 3), ("logs", 1), ("down", 0), ("clean", 0)]
)
def test_looking_and_stopping_leave_nothing_behind(
    env: Path, monkeypatch: pytest.MonkeyPatch, command: str, exit_code: int
) -> None:
    volumes = env.parent / "volumes"
    monkeypatch.setenv("SCRIBE_STACK__VOLUMES", str(volumes))
    monkeypatch.setenv("SCRIBE_ENV", "development")

    assert CliRunner().invoke(app, [command]).exit_code == exit_code

    assert list(env.parent.iterdir()) == []


class TestCleaning:
    @pytest.fixture
    def volumes(self, tmp_path: Path) -> Path:
        for folder in ("run", "logs", "postgres_data", "s3_data", "redis_data.unusable-1", "photos"):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "file").write_text("content")
        for name in ("prepared", "command-line.json", "command-line.json.draft", "thesis.odt"):
            (tmp_path / name).write_text("content")
        return tmp_path

    def test_somebody_elses_files_stay_in_the_data_folder(self, volumes: Path) -> None:
        cleaning.remove_data(volumes)

        assert {path.name for path in volumes.iterdir()} == {"photos", "thesis.odt"}

    def test_a_link_to_another_disk_is_removed_and_not_followed(self, tmp_path: Path) -> None:
        volumes, disk = tmp_path / "volumes", tmp_path / "disk"
        volumes.mkdir()
        disk.mkdir()
        (disk / "object").touch()
        (volumes / "s3_data").symlink_to(disk)

        cleaning.remove_data(volumes)

        assert (list(volumes.iterdir()), list(disk.iterdir())) == ([], [disk / "object"])

    def test_logs_are_emptied_and_rotated_ones_removed(self, tmp_path: Path) -> None:
        names = ("api.log", "api.log.1", "notes.txt", "api.log.gz")
        for name in names:
            (tmp_path / name).write_text("12345")

        assert cleaning.empty_logs(tmp_path) == 10
        assert {path.name: path.stat().st_size for path in tmp_path.iterdir()} == {
            "api.log": 0,
            "notes.txt": 5,
            "api.log.gz": 5,
        }
