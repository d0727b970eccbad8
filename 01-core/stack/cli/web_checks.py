"""The web app's part of `lint` and `test`, with the tools that its lock file pins."""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from scribe.settings import DataSettings
from stack.cli.errors import CommandFailed
from stack.cli.serving_web import BUILD_LOG, tell
from stack.cli.terminal import say
from stack.embedded.layout import Layout
from stack.web.build import ensure_packages
from stack.web.errors import WebProblem
from stack.web.node import Node, find
from stack.web.places import FRONTEND, NODE_MODULES

TYPES = FRONTEND / "src" / "api" / "schema.d.ts"
DOCUMENT = """
import json, sys
from scribe.settings import AuthSettings, Settings
from scribe_api.main import create_app
settings = Settings(_env_file=None, env="development", auth=AuthSettings(secret="x" * 32))
json.dump(create_app(settings).openapi(), sys.stdout)
"""


def packages() -> bool:
    """The packages of the lock file are there, or can be installed."""
    try:
        _node()
    except WebProblem as problem:
        say(str(problem))
        return False
    return True


def vitest() -> bool:
    """The tests of what needs no browser."""
    return _passes("vitest", "run")


def types_are_current() -> bool:
    """The types that the web app was written for are those that the API has."""
    try:
        fresh = fresh_types()
    except CommandFailed as failure:
        say(str(failure))
        return False
    if TYPES.read_text(encoding="utf-8") == fresh:
        return True
    say(f"{TYPES.relative_to(FRONTEND)} is not what the API says: run `./manage.sh web types`.")
    return False


def fresh_types() -> str:
    """The TypeScript types of the API's OpenAPI document. Raises CommandFailed and WebProblem."""
    node = _node()
    with tempfile.TemporaryDirectory() as folder:
        document, types = Path(folder, "openapi.json"), Path(folder, "schema.d.ts")
        document.write_text(_output([sys.executable, "-P", "-c", DOCUMENT]), encoding="utf-8")
        _output([*_tool(node, "openapi-typescript"), str(document), "-o", str(types)])
        return types.read_text(encoding="utf-8")


LINTERS: dict[str, Callable[[], bool]] = {
    "prettier": lambda: _passes("prettier", "--check", "--log-level", "warn", "."),
    "eslint": lambda: _passes("eslint", "--max-warnings", "0", "."),
    "tsc": lambda: _passes("tsc", "--noEmit", "--incremental", "false", "-p", "tsconfig.build.json"),
    "api types": types_are_current,
}


def _passes(tool: str, *arguments: str) -> bool:
    node = find()
    if node is None or not (NODE_MODULES / ".bin" / tool).exists():
        say("It needs the web app's packages, which are not installed.")
        return False
    command = [*_tool(node, tool), *arguments]
    return (
        subprocess.run(
            command, cwd=FRONTEND, env=node.environment(), stdout=sys.stderr, check=False
        ).returncode
        == 0
    )


def _node() -> Node:
    return ensure_packages(Layout(DataSettings().volumes).log(BUILD_LOG), tell)


def _tool(node: Node, name: str) -> list[str]:
    return [str(node.program), str(NODE_MODULES / ".bin" / name)]


def _output(command: list[str]) -> str:
    done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CommandFailed(
            what=Path(command[-1]).name, returncode=done.returncode, output=done.stderr.strip()[-500:]
        )
    return done.stdout
