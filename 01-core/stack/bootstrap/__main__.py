"""``python -m stack.bootstrap``: install what is missing, or say at once that nothing is."""

import argparse
import fcntl
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from stack.bootstrap import checks, stamp
from stack.bootstrap.problem import SetupProblem
from stack.bootstrap.steps import say

ROOT = Path(__file__).resolve().parents[3]
# They would lead pip or the new Python out of .venv.
MISLEADING = {
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
}
BLOCKED = 3


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Let a second set-up of the same folder wait for the first; the lock is on the folder itself."""
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  Another set-up of this folder is running; waiting for it …")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        # An installer that outlives a killed set-up holds the lock until it has ended too.
        os.set_inheritable(descriptor, True)
        yield
    finally:
        os.close(descriptor)


def ensure(root: Path, profile: stamp.Profile, environment: Mapping[str, str]) -> None:
    """Make .venv fit for ``profile``; costs milliseconds where it already is."""
    venv = root / ".venv"
    if (done := stamp.read(venv)) and done.covers(root, profile):
        return
    with only_one(root):
        done = stamp.read(venv)
        if done and done.covers(root, profile):
            return
        _install(root, venv, done, profile, environment)


def _install(
    root: Path, venv: Path, done: stamp.Stamp | None, profile: stamp.Profile, environment: Mapping[str, str]
) -> None:
    from stack.bootstrap import install  # noqa: PLC0415 - the common case must not pay for it

    for finding in checks.before_install(root):
        if finding.level == "blocks":
            raise SetupProblem(f"{finding.seen}. {finding.advice}")
        if finding.level == "odd":
            say(f"  {finding.seen}. {finding.advice}")
    say("Setting up:")
    if done is None or not _same_interpreter(root, venv):
        install.create(venv)
        done = None
    else:
        stamp.path_of(venv).unlink()  # from here to the new stamp, an interruption means: begin anew
        profile = "dev" if done.profile == "dev" else profile
    try:
        uv_environment = install.uv_environment(venv, environment)
        uv = install.uv_command(venv, environment)
        backend = done.torch if done else install.torch_backend(root, uv, venv, uv_environment)
        backend = install.fill(root, uv, venv, uv_environment, profile, backend)
    except SetupProblem:
        if done and done.fingerprint:  # what is there still runs; if the next attempt fails too, begin anew
            stamp.write(venv, replace(done, fingerprint=""))
        raise
    stamp.write(venv, stamp.Stamp(profile, stamp.fingerprint(root, profile), backend))


def _same_interpreter(root: Path, venv: Path) -> bool:
    """Whether .venv was made for this folder (it may have been moved) and by the Python that runs now."""
    configuration = (venv / "pyvenv.cfg").read_text(encoding="utf-8")
    script = venv / "bin/pip"
    here = not script.exists() or str(root) in script.read_text(encoding="utf-8")
    return here and f"version = {sys.version.split()[0]}" in configuration


def main() -> int:
    """Parse the arguments; 0 done, 1 failed, 3 something blocks a set-up (with --check)."""
    parser = argparse.ArgumentParser(prog="python -m stack.bootstrap", description=__doc__)
    parser.add_argument("--profile", choices=("run", "dev"), default="run")
    parser.add_argument("--check", action="store_true", help="only say what this machine lacks")
    arguments = parser.parse_args()
    if arguments.check:
        findings = checks.before_install(ROOT)
        for finding in findings:
            print(f"{finding.level:7} {finding.name:8} {finding.seen}. {finding.advice}".rstrip())
        return BLOCKED if any(finding.level == "blocks" for finding in findings) else 0
    environment = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    try:
        ensure(ROOT, arguments.profile, environment)
    except SetupProblem as problem:
        print(f"Setting up did not work. {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted; run it again and it continues.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
