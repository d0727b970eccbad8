"""An engine from another package: installed, found by its entry point, run in its own process."""

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import Any

import pytest

from scribe.settings import REPOSITORY

PLUGIN = REPOSITORY / "tests" / "fixtures" / "plugin"
PROGRAM = Path(__file__).with_name("through_registry.py")
LINES_OF_AN_ENGINE = 30


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """A throw-away environment on top of this one, with the sample package installed; returns its Python."""
    folder = tmp_path / "environment"
    venv.create(folder, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    below = sysconfig.get_path("purelib")
    (packages / "below.pth").write_text(f"import site; site.addsitedir({below!r})\n")
    source = tmp_path / "source"
    shutil.copytree(PLUGIN, source)
    python = folder / "bin" / "python"
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}:{sysconfig.get_path('scripts')}") or "uv"
    alone = ("--offline", "--no-deps", "--no-build-isolation", "--no-cache", "--quiet")
    subprocess.run([uv, "pip", "install", *alone, "--python", str(python), str(source)], check=True)
    return python


def transcribed(python: Path, recording: Path, **options: Any) -> dict[str, Any]:
    paths = (recording, recording.parent / "models")
    command = [str(part) for part in (python, "-P", PROGRAM, "stutter", *paths, json.dumps(options))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_a_package_of_somebody_else_transcribes(environment: Path, recording: Path) -> None:
    answer = transcribed(environment, recording)
    (card,) = answer["cards"]
    assert (card["kind"], card["ready"], card["default"]) == ("transcriber", True, False)
    words = answer["heard"]["words"]
    assert [word["start"] for word in words] == list(range(12))
    assert {word["text"] for word in words} == {"well"}
    assert 0 < answer["shares"][0] <= 1


def test_its_options_reach_it_under_its_name(environment: Path, recording: Path) -> None:
    answer = transcribed(environment, recording, stutter={"word": "erm"}, other={"word": "no"})
    assert {word["text"] for word in answer["heard"]["words"]} == {"erm"}


def test_an_engine_takes_no_more_than_thirty_lines() -> None:
    lines = (PLUGIN / "scribe_stutter.py").read_text().splitlines()
    assert len(lines) <= LINES_OF_AN_ENGINE
