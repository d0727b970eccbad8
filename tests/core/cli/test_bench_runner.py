"""What `bench NAME` prints, and its exit code."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from scribe.settings import REPOSITORY

RUNNER = REPOSITORY / "tests" / "bench" / "runner.py"


@pytest.fixture
def runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_runner", RUNNER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_runner"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "toy.py").write_text(
        "def bench(): return {'speed': 2.0}\ndef ok(figures): return figures['speed'] > 1\n"
    )
    return tmp_path


def test_a_report_has_the_fields_that_programs_read(runner: ModuleType, folder: Path) -> None:
    report = runner.measure("toy", folder)
    assert (report.bench, report.figures, report.ok) == ("toy", {"speed": 2.0}, True)
    assert report.machine
    assert report.commit == "unknown"


def test_the_table_says_whether_the_goals_are_met(runner: ModuleType, folder: Path) -> None:
    table = runner.as_table(runner.measure("toy", folder))
    assert "speed" in table
    assert table.endswith("goals met")


def test_json_is_one_object_and_the_exit_code_says_ok(folder: Path) -> None:
    copy = folder / "runner.py"
    copy.write_text(RUNNER.read_text())
    ran = subprocess.run([sys.executable, copy, "toy", "--json"], capture_output=True, text=True, check=False)
    assert ran.returncode == 0
    assert set(json.loads(ran.stdout)) == {"bench", "machine", "commit", "figures", "ok"}


def test_what_the_product_logs_in_the_same_process_stays_out_of_the_figures(folder: Path) -> None:
    copy = folder / "runner.py"
    copy.write_text(RUNNER.read_text())
    (folder / "chatty.py").write_text(
        "import structlog\n"
        "def bench(): structlog.get_logger().error('request_served'); return {'speed': 2.0}\n"
        "def ok(figures): return True\n"
    )
    ran = subprocess.run(
        [sys.executable, copy, "chatty", "--json"], capture_output=True, text=True, check=False
    )
    assert set(json.loads(ran.stdout)) == {"bench", "machine", "commit", "figures", "ok"}
    assert "request_served" in ran.stderr


def test_an_unmet_goal_is_exit_code_1(folder: Path) -> None:
    copy = folder / "runner.py"
    copy.write_text(RUNNER.read_text())
    (folder / "slow.py").write_text("def bench(): return {'speed': 0.5}\ndef ok(figures): return False\n")
    ran = subprocess.run([sys.executable, copy, "slow"], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "MISSED" in ran.stdout
