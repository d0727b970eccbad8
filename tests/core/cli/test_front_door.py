"""manage.sh in a bare clone, and the exit codes that scripts rely on."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scribe.settings import REPOSITORY
from stack.cli.commands import ENTRIES


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A clone in which nothing was set up."""
    shutil.copy(REPOSITORY / "manage.sh", tmp_path)
    shutil.copytree(REPOSITORY / "01-core" / "stack" / "bootstrap", tmp_path / "01-core/stack/bootstrap")
    shutil.copy(REPOSITORY / "01-core" / "stack" / "__init__.py", tmp_path / "01-core/stack")
    return tmp_path


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def cli(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-P", "-m", "stack.cli", *arguments, **environment)


@pytest.fixture
def installed(bare: Path) -> Path:
    """A clone that counts as set up; its Python notes which modules it is asked to run, in ``asked``."""
    python = bare / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    (bare / ".venv" / "setup.json").touch()
    write_program(python, f'[ "$2" = -m ] && echo "$3" >> {bare}/asked; exit 0')
    return bare


def write_program(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["up", "--help"], ["help"]])
def test_help_needs_no_set_up(bare: Path, arguments: list[str]) -> None:
    shown = run(bare / "manage.sh", *arguments)
    assert shown.returncode == 0
    assert "Usage: ./manage.sh" in shown.stdout
    assert not (bare / ".venv").exists()


def test_the_short_help_names_every_command(bare: Path) -> None:
    shown = run(bare / "manage.sh", "--help").stdout
    assert [name for name in ENTRIES if name not in shown] == []


@pytest.mark.parametrize("command", ENTRIES)
def test_every_command_is_known_to_the_script(bare: Path, command: str) -> None:
    assert run(bare / "manage.sh", command, "--help").returncode == 0


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["nonsense", "--help"], ["--docker"], ["--debug", "nonsense"]]
)
def test_what_is_unknown_is_wrong_usage_before_anything_is_installed(
    bare: Path, arguments: list[str]
) -> None:
    answer = run(bare / "manage.sh", *arguments)
    assert answer.returncode == 2
    assert "--help lists the commands" in answer.stderr
    assert not (bare / ".venv").exists()


@pytest.mark.parametrize("arguments", [["test", "--help"], ["bench", "-h"], ["up", "--help"], ["help"]])
def test_help_installs_nothing(installed: Path, arguments: list[str]) -> None:
    assert run(installed / "manage.sh", *arguments).returncode == 0
    assert (installed / "asked").read_text().split() == ["stack.cli"]


def test_a_command_installs_what_it_lacks(installed: Path) -> None:
    assert run(installed / "manage.sh", "up").returncode == 0
    assert (installed / "asked").read_text().split() == ["stack.bootstrap", "stack.cli"]


@pytest.mark.parametrize(
    ("there", "chosen"),
    [
        (["python3.11", "python3.12", "python3.13", "python3"], "python3.12"),
        (["python3.11", "python3.14"], "python3.11"),
        (["python3.14", "python3"], "python3.14"),
    ],
)
def test_a_python_that_has_a_packaged_redis_comes_first(
    bare: Path, tmp_path: Path, there: list[str], chosen: str
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "dirname", "readlink", "env", "sh"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    for python in there:
        write_program(
            tools / python, f'[ "$2" = -m ] && echo "{python} $3" >> {bare}/asked && exit 1; exit 0'
        )
    run(bare / "manage.sh", "setup", PATH=str(tools))
    assert (bare / "asked").read_text() == f"{chosen} stack.bootstrap\n"


@pytest.mark.parametrize(
    "remains", [".env", "volumes/run/supervisord.pid", "volumes/s3_data/d1", "data/prepared"]
)
@pytest.mark.parametrize("command", ["down", "clean-all"])
def test_what_an_earlier_set_up_left_is_not_said_to_be_nothing(
    bare: Path, remains: str, command: str
) -> None:
    (bare / remains).parent.mkdir(parents=True, exist_ok=True)
    (bare / remains).touch()
    answer = run(bare / "manage.sh", command, SCRIBE_STACK__VOLUMES=remains.partition("/")[0])
    assert answer.returncode == 3
    assert "./manage.sh setup" in answer.stderr
    assert (bare / remains).exists()


@pytest.mark.parametrize("command", ["down", "clean", "clean-all"])
def test_there_is_nothing_to_stop_or_remove_in_a_bare_clone(bare: Path, command: str) -> None:
    answer = run(bare / "manage.sh", command)
    assert (answer.returncode, answer.stdout) == (0, "")
    assert "Nothing is set up here" in answer.stderr


@pytest.mark.parametrize("command", ["ps", "health", "logs", "migrate", "db-shell"])
def test_asking_a_bare_clone_how_it_is_says_to_start_it(bare: Path, command: str) -> None:
    answer = run(bare / "manage.sh", command)
    assert answer.returncode == 3
    assert "./manage.sh up" in answer.stderr


def test_without_a_new_enough_python_it_says_what_to_install(bare: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    for tool in ("bash", "dirname", "readlink", "cat", "env"):
        (tools / tool).symlink_to(shutil.which(tool) or tool)
    answer = run(bare / "manage.sh", "setup", PATH=str(tools))
    assert answer.returncode == 1
    assert "No Python 3.11 or newer was found" in answer.stderr


def test_doctor_speaks_before_anything_is_installed(bare: Path) -> None:
    answer = run(bare / "manage.sh", "doctor")
    assert "python" in answer.stdout
    assert not (bare / ".venv").exists()


@pytest.mark.parametrize("command", ENTRIES)
def test_every_command_explains_itself(command: str) -> None:
    shown = cli(command, "--help")
    assert shown.returncode == 0
    assert f"Usage: ./manage.sh {command}" in shown.stdout.replace("python -m stack.cli", "./manage.sh")


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["restart", "nonsense"], ["transcribe"], ["up", "--docker"]]
)
def test_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    assert cli(*arguments).returncode == 2


@pytest.mark.parametrize("command", ["migrate", "db-shell"])
def test_what_needs_the_database_says_how_to_start_it(tmp_path: Path, command: str) -> None:
    answer = cli(command, SCRIBE_ENV="development", SCRIBE_STACK__VOLUMES=str(tmp_path / "volumes"))
    assert answer.returncode == 3
    assert "./manage.sh up" in answer.stderr
    assert answer.stderr.count("\n") == 1


def test_down_works_with_settings_that_do_not_hold(tmp_path: Path) -> None:
    wrong = {"SCRIBE_API__PORT": "seventy", "SCRIBE_STACK__POSTGRES_PORT": "eighty"}
    answer = cli("down", SCRIBE_STACK__VOLUMES=str(tmp_path / "volumes"), **wrong)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert not (tmp_path / "volumes").exists()


def test_a_traceback_is_kept_where_the_data_lie(tmp_path: Path) -> None:
    volumes = tmp_path / "elsewhere"
    answer = cli("--debug", "logs", SCRIBE_STACK__VOLUMES=str(volumes))
    assert answer.returncode == 1
    assert "NoLog" in (volumes / "logs" / "manage.log").read_text()


def test_settings_that_do_not_hold_are_named() -> None:
    answer = cli("doctor", SCRIBE_API__PORT="seventy")
    assert answer.returncode == 3
    assert "SCRIBE_API__PORT" in answer.stdout
    assert "Traceback" not in answer.stderr
