"""Run one benchmark and print what it measured, for a person or for a program.

A benchmark is a file beside this one with ``bench() -> dict[str, float]``, the figures by name, and
``ok(figures) -> bool``, whether they meet the goals.
"""

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol, cast

import psutil

from scribe.logging import configure_logging
from scribe.settings import LogSettings

HERE = Path(__file__).parent


class Benchmark(Protocol):
    """What a benchmark's file defines."""

    bench: Callable[[], dict[str, float]]
    ok: Callable[[dict[str, float]], bool]


@dataclass(frozen=True)
class Report:
    """The result of one run; the fields are the keys of the JSON object."""

    bench: str
    machine: str
    commit: str
    figures: dict[str, float]
    ok: bool


def load(name: str, folder: Path = HERE) -> Benchmark:
    """Import the file of a benchmark. Raises FileNotFoundError where there is none."""
    path = folder / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"bench_{name}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return cast("Benchmark", module)


def measure(name: str, folder: Path = HERE) -> Report:
    """Run the benchmark once."""
    benchmark = load(name, folder)
    figures = benchmark.bench()
    return Report(name, machine(), commit(folder), figures, benchmark.ok(figures))


def machine() -> str:
    """The machine in a few words, so that figures from different ones are not compared."""
    gib = psutil.virtual_memory().total / 1024**3
    cores = len(os.sched_getaffinity(0))
    return f"{platform.machine()}, {cores} cores, {gib:.0f} GiB, Python {platform.python_version()}"


def commit(folder: Path) -> str:
    """The commit that was measured, marked where files were changed since; ``unknown`` outside git."""
    command = ["git", "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        described = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "unknown"
    return described.stdout.strip() or "unknown"


def as_table(report: Report) -> str:
    """The report for a person."""
    width = max((len(name) for name in report.figures), default=0)
    lines = [f"{report.bench} on {report.machine}, commit {report.commit}"]
    lines += [f"  {name:<{width}}  {value:>12,.3f}" for name, value in report.figures.items()]
    lines.append("goals met" if report.ok else "goals MISSED")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Exit code 0 when the figures meet their goals, else 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--json", action="store_true", dest="as_json")
    chosen = parser.parse_args(arguments)
    # Parts of the product that run in this process must not write among the figures.
    configure_logging(LogSettings(level="WARNING", format="console"), service="bench")
    report = measure(chosen.name)
    sys.stdout.write((json.dumps(asdict(report)) if chosen.as_json else as_table(report)) + "\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
