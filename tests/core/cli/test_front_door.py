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


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["up", "--help"]])
def test_help_needs_no_set_up(bare: Path, arguments: list[str]) -> None:
    shown = run(bare / "manage.sh", *arguments)
    assert shown.returncode == 0
    assert "Usage: ./manage.sh" in shown.stdout
    assert not (bare / ".venv").exists()


def test_the_short_help_names_every_command(bare: Path) -> None:
    shown = run(bare / "manage.sh", "--help").stdout
    assert [name for name in ENTRIES if name not in shown] == []


@pytest.mark.parametrize("command", ["down", "clean", "clean-all"])
def test_there_is_nothing_to_stop_or_remove_in_a_bare_clone(bare: Path, command: str) -> None:
    answer = run(bare / "manage.sh", command)
    assert (answer.returncode, answer.stdout) == (0, "")
    assert "Nothing is set up here" in answer.stderr


@pytest.mark.parametrize("command", ["ps", "health", "logs"])
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


def test_settings_that_do_not_hold_are_named() -> None:
    answer = cli("doctor", SCRIBE_API__PORT="seventy")
    assert answer.returncode == 3
    assert "SCRIBE_API__PORT" in answer.stdout
    assert "Traceback" not in answer.stderr
