"""Create .venv and fill it from the pinned requirement files, with uv for speed."""

import importlib.util
import re
import shutil
import subprocess
import sys
import venv as standard_venv
from collections.abc import Mapping
from pathlib import Path

from stack.bootstrap import checks, pip_settings
from stack.bootstrap.problem import SetupProblem
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
    pin = re.search(r"^torch==\S+", (root / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE)
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
            [*probe, "--python", str(venv / "bin/python"), pin[0]],
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
) -> None:
    """Install the pinned set with the PyTorch builds of ``backend``, as ``torch_backend`` names them."""
    install = [*uv, "pip", "install", "--python", str(venv / "bin/python"), "--directory", str(root)]
    requirements = ["-r", "requirements.in"]
    if profile == "dev":
        requirements += ["-r", DEVELOPMENT]
    choice = ["--torch-backend", backend] if backend == "cpu" else []
    size = "about 1 GB" if backend == "cpu" else "several GB"
    with step(f"Installing the packages ({size} to download the first time)"):
        run([*install, *choice, "-c", "constraints.txt", *requirements], environment, advice=INDEX_ADVICE)
    with step("Installing the voice encoder"):
        run([*install, "--no-deps", "-r", "constraints-no-deps.txt"], environment, advice=INDEX_ADVICE)


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
