"""Install the web app's packages and build it, only where something changed since the last time."""

import fcntl
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from stack.embedded.files import last_lines
from stack.web import digests
from stack.web.errors import BuildFailed, BuildNotWritten, PackagesNotInstalled, WebProblem
from stack.web.node import Node, find, install
from stack.web.places import DRAFT, FRONTEND, NODE_MODULES, SERVED, STAMP

Tell = Callable[[str], None]
"""Called with a sentence about a longer step."""
# A registry that does not answer is given up after a minute or two; npm would take a quarter of an hour.
PATIENCE = (
    "--fetch-timeout=60000",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=2000",
)
# Not `npm ci`: it refuses a lock file without the packages of other systems, which a mirror may not have.
INSTALL = (
    "install",
    "--no-save",
    "--include=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    *PATIENCE,
)
ID_LENGTH = 12
NEXT = NODE_MODULES / "next" / "dist" / "bin" / "next"


@contextmanager
def _explained() -> Iterator[None]:
    """Let the disk's errors be told like all others. Raises BuildNotWritten."""
    try:
        yield
    except OSError as error:
        raise BuildNotWritten(path=error.filename or FRONTEND, reason=error.strerror or error) from error


@_explained()
def ensure_built(log: Path, tell: Tell) -> None:
    """Have what the sources say ready to be served; costs milliseconds where it is.

    log: takes what npm and Next.js print
    Raises WebProblem; what was served before stays then.
    """
    if digests.build_is_current() and digests.packages_are_current():
        return
    with _alone(tell):
        node = _packages(log, tell)
        if not digests.build_is_current():
            _build(node, log, tell)


@_explained()
def ensure_packages(log: Path, tell: Tell) -> Node:
    """Have the packages installed that the lock file pins. Raises WebProblem."""
    with _alone(tell):
        return _packages(log, tell)


def _packages(log: Path, tell: Tell) -> Node:
    node = find()
    if node is None:
        tell("installing Node.js: this machine's is missing or too old …")
        node = install()
    if not digests.packages_are_current():
        with _timed(tell, "installing its packages (about 500 MB on the disk)"):
            (NODE_MODULES / STAMP).unlink(missing_ok=True)
            _run([str(node.program), str(node.npm), *INSTALL], node.environment(), log, PackagesNotInstalled)
            _stamp(NODE_MODULES, digests.of_packages())
    return node


def _build(node: Node, log: Path, tell: Tell) -> None:
    """Build beside what is served, then put it in its place."""
    sources = digests.of_sources()
    with _timed(tell, "building (a minute or two)"):
        shutil.rmtree(DRAFT, ignore_errors=True)
        environment = node.environment() | {
            "NODE_ENV": "production",
            "SCRIBE_WEB__BUILD": DRAFT.name,
            "SCRIBE_WEB__BUILD_ID": sources[:ID_LENGTH],
        }
        _run([str(node.program), str(NEXT), "build"], environment, log, BuildFailed)
        _stamp(DRAFT, sources)
    old = SERVED.with_name(f"{SERVED.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if SERVED.exists():
        SERVED.rename(old)
    DRAFT.rename(SERVED)
    shutil.rmtree(old, ignore_errors=True)


def _run(
    command: Sequence[str], environment: Mapping[str, str], log: Path, failure: type[WebProblem]
) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(
            command,
            cwd=FRONTEND,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        raise failure(log=log, tail=last_lines(log) or f"(nothing; exit code {done.returncode})")


def _stamp(folder: Path, digest: str) -> None:
    (folder / STAMP).write_text(digest, encoding="ascii")


@contextmanager
def _timed(tell: Tell, what: str) -> Iterator[None]:
    tell(f"{what} …")
    begun = time.monotonic()
    yield
    tell(f"{what.partition(' (')[0]}: {time.monotonic() - begun:.1f} s")


@contextmanager
def _alone(tell: Tell) -> Iterator[None]:
    """Let a second one wait for the first; the lock is on the folder itself."""
    descriptor = os.open(FRONTEND, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("waiting for another command that builds it …")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
