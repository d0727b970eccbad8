"""Nothing leaves the machine: no model is fetched and no telemetry is sent."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from scribe_worker.engines.surroundings import environment

Cut = Callable[[float, float], Path]
PROGRAM = Path(__file__).parent / "no_network.py"


@dataclass(frozen=True)
class Found:
    """Attempts to reach another machine, and what the engine did meanwhile; see no_network.py."""

    turns: int
    by_the_engine: list[str]
    with_telemetry_left_on: list[str]
    cancelled: bool
    by_the_library_alone: list[str]


@pytest.fixture(scope="module")
def found(model: Path, cut: Cut) -> Found:
    ran = subprocess.run(
        [sys.executable, str(PROGRAM), str(model), str(cut(0, 8))],
        env=environment(1),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return Found(**json.loads(ran.stdout.splitlines()[-1]))


def test_the_engine_tries_to_reach_nothing(found: Found) -> None:
    assert found.turns > 0
    assert found.by_the_engine == []


def test_loading_the_engine_switches_telemetry_off_wherever_it_was_on(found: Found) -> None:
    assert found.with_telemetry_left_on == []


def test_an_attempt_would_have_been_seen(found: Found) -> None:
    assert any("pyannote" in attempt for attempt in found.by_the_library_alone)


def test_raising_in_progress_ends_the_call(found: Found) -> None:
    assert found.cancelled


def test_the_environment_of_an_engine_has_telemetry_off() -> None:
    assert environment(1)["PYANNOTE_METRICS_ENABLED"] == "0"
