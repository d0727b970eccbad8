"""`lint`, `test`, `bench` and `screenshots`: each check with its name and its result."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from scribe.settings import REPOSITORY
from stack.cli import product, web_checks
from stack.cli.configuration import data_folder, load_settings
from stack.cli.errors import UnknownBench
from stack.cli.servers import AsJson
from stack.cli.terminal import ExitCode, say

TYPED = ("01-core", "02-workers", "03-interface/backend", "03-interface/client", "tests")
BENCHES = REPOSITORY / "tests" / "bench"
WEB_BENCH = "web"
SCREENSHOTS = "screenshots"
LEAST_WORKERS = 2
MOST_WORKERS = 16
"""Each has one of Redis's databases to itself, and Redis has 16."""
PACKAGE_LOCK = "package-lock.json"
NOT_OURS = ("node_modules", "volumes")
ADDRESS_IN_JSON = re.compile(r'"resolved"\s*:\s*"[^"]*://')
ADDRESS = re.compile(r"://|^\s*(-i|-f|--(extra-)?index(-url)?|--find-links)\b", re.MULTILINE)


class Suite(StrEnum):
    """Which tests."""

    UNIT = "unit"
    INTEGRATION = "integration"
    E2E = "e2e"
    ALL = "all"


MARKERS = {
    Suite.UNIT: ("not integration and not faults and not e2e",),
    Suite.INTEGRATION: ("(integration or faults) and not e2e",),
    Suite.E2E: ("e2e",),
    # Browsers come after the rest: people wait for pages, and a page waits for whatever else is busy.
    Suite.ALL: ("not e2e", "e2e"),
}
NOTHING_CHOSEN = 5
"""pytest's exit code where the arguments chose no test of this part."""
WITH_WEB_LOGIC = {Suite.UNIT, Suite.ALL}


def lint() -> None:
    """Check the code, Python's and the web app's: style, types, contracts, generated files, lock files."""
    raise typer.Exit(ExitCode.OK if _lint() else ExitCode.FAILED)


def test(context: typer.Context) -> None:
    """Lint, then test. The first word may be unit, integration, e2e or all; the rest goes to pytest."""
    arguments = list(context.args)
    suite = Suite(arguments.pop(0)) if arguments and arguments[0] in set(Suite) else Suite.ALL
    clean = _lint()
    if suite in WITH_WEB_LOGIC and not arguments:
        clean &= _check("vitest", web_checks.vitest)
    workers = [] if {"-n", "--numprocesses", "--pdb"} & set(arguments) else ["-n", str(_workers())]
    command = [sys.executable, "-m", "pytest", *workers, *arguments]
    ended = [
        subprocess.run([*command, *chosen], cwd=REPOSITORY, check=False).returncode
        for chosen in _parts(suite, arguments)
    ]
    if not clean:
        say("The linters or the web app's own tests found something: see above.")
    raise typer.Exit(_worst(ended) or (ExitCode.OK if clean else ExitCode.FAILED))


def _parts(suite: Suite, arguments: list[str]) -> list[list[str]]:
    """How pytest is told what each of its runs is to test: in one run where somebody chooses for himself."""
    if suite is Suite.ALL and arguments:
        return [[]]
    return [["-m", marker] for marker in MARKERS[suite]]


def _worst(ended: list[int]) -> int:
    """One exit code of pytest for all parts; that nothing was chosen counts only where it was so in each."""
    failed = [code for code in ended if code not in {ExitCode.OK, NOTHING_CHOSEN}]
    return failed[0] if failed else min(ended)


def bench(
    name: Annotated[str, typer.Argument(help="Which one: the name of a file in tests/bench.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Run a benchmark against the running stack; exit code 1 when a figure misses its goal."""
    known = sorted(path.stem for path in BENCHES.glob("*.py") if _is_bench(path))
    if name not in known:
        raise UnknownBench(name=name, known=", ".join(known))
    started = product.start(load_settings(), web=name == WEB_BENCH)
    product.show_administrator(started.new_administrator)
    if started.web_problem:
        raise started.web_problem
    command = [sys.executable, "-m", "bench.runner", name, *(["--json"] if as_json else [])]
    raise typer.Exit(subprocess.run(command, cwd=BENCHES.parent, check=False).returncode)


def screenshots(
    folder: Annotated[
        Path | None, typer.Argument(help="Where they go; the folder screenshots of the data without it.")
    ] = None,
) -> None:
    """Photograph every page of the web app, on a stack of its own: light, dark, on a phone, in French."""
    chosen = (folder or data_folder() / SCREENSHOTS).resolve()
    command = [sys.executable, "-m", "e2e.screenshots", str(chosen)]
    raise typer.Exit(subprocess.run(command, cwd=BENCHES.parent, check=False).returncode)


def lock_files_with_addresses(root: Path) -> list[str]:
    """The files of pins, Python's and npm's, that name a package index or a file elsewhere."""
    pins = sorted([*root.glob("constraints*.txt"), *root.glob("requirements*.in")])
    packages = sorted(_package_locks(root))
    named = [path for path in pins if ADDRESS.search(path.read_text(encoding="utf-8"))]
    named += [path for path in packages if ADDRESS_IN_JSON.search(path.read_text(encoding="utf-8"))]
    return [path.relative_to(root).as_posix() for path in named]


def _package_locks(root: Path) -> Iterator[Path]:
    for folder, below, files in os.walk(root):
        below[:] = [name for name in below if name not in NOT_OURS and not name.startswith(".")]
        if PACKAGE_LOCK in files:
            yield Path(folder, PACKAGE_LOCK)


def _is_bench(path: Path) -> bool:
    return "\ndef bench(" in path.read_text(encoding="utf-8")


def _lint() -> bool:
    python = [sys.executable, "-m"]
    results = [
        _check("web packages", web_checks.packages),
        _check("ruff check", lambda: _run([*python, "ruff", "check", "."])),
        _check("ruff format", lambda: _run([*python, "ruff", "format", "--check", "."])),
        _check("mypy", lambda: _run([*python, "mypy", *TYPED])),
        _check("import contracts", lambda: _run([str(Path(sys.executable).with_name("lint-imports"))])),
        _check("lock files", _lock_files_are_portable),
        *(_check(name, passes) for name, passes in web_checks.LINTERS.items()),
    ]
    return all(results)


def _check(name: str, passes: Callable[[], bool]) -> bool:
    say(f"── {name}")
    begun = time.monotonic()
    passed = passes()
    say(f"── {name}: {'ok' if passed else 'FAILED'} ({time.monotonic() - begun:.1f} s)")
    return passed


def _run(command: list[str]) -> bool:
    return subprocess.run(command, cwd=REPOSITORY, stdout=sys.stderr, check=False).returncode == 0


def _lock_files_are_portable() -> bool:
    named = lock_files_with_addresses(REPOSITORY)
    for name in named:
        say(f"{name} names an address: pins must hold with any package index.")
    return not named


def _workers() -> int:
    cores = len(os.sched_getaffinity(0))
    return min(max(LEAST_WORKERS, cores), MOST_WORKERS)
