"""Nothing calls out: the pipeline runs where only loopback can be reached, and every attempt is seen."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

import loopback_only
import refused_sockets
from scribe.settings import REPOSITORY

PIPELINE = Path(__file__).with_name("whole_pipeline.py")
NAMESPACE = ("unshare", "--map-root-user", "--net", "--mount")
CALLS = {
    "a connection": "import socket; socket.socket().connect(('192.0.2.1', 80))",
    "a datagram": "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
    "a look-up": "import socket; socket.getaddrinfo('hub.example.org', 443)",
    "telemetry": "import urllib.request; urllib.request.urlopen('http://192.0.2.1/v1/metrics', timeout=5)",
}
NOTHING = (
    "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())"
)

Run = Callable[..., tuple[int, str]]
"""Runs Python with arguments in isolation: the exit status, and what wanted to go out ("" for nothing)."""


def in_namespace(report: Path, *arguments: str) -> tuple[int, str]:
    command = [*NAMESPACE, sys.executable, loopback_only.__file__, str(report), sys.executable, *arguments]
    done = subprocess.run(command, env=_environment(), cwd=REPOSITORY, check=False)
    packets = json.loads(report.read_text())
    return done.returncode, f"{packets} packets" if packets else ""


def with_refused_sockets(report: Path, *arguments: str) -> tuple[int, str]:
    folder = report.with_suffix("")
    venv.create(folder, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder)}))
    shutil.copy(refused_sockets.__file__, packages)
    hook = f"import site, refused_sockets; refused_sockets.install({str(report)!r}); "
    (packages / "below.pth").write_text(f"{hook}site.addsitedir({sysconfig.get_path('purelib')!r})\n")
    python = folder / "bin" / "python"
    for script in Path(sysconfig.get_path("scripts")).glob("swift-*"):  # the S3 server's programs
        (python.parent / script.name).symlink_to(script)
    done = subprocess.run([python, *arguments], env=_environment(), cwd=REPOSITORY, check=False)
    return done.returncode, report.read_text() if report.exists() else ""


def _environment() -> dict[str, str]:
    """Without what would make the inner pytest share servers with this one, which are outside."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("SCRIBE_", "PYTEST_"))}
    return {**ours, "PYTHONDONTWRITEBYTECODE": "1"}


def _permitted() -> bool:
    try:
        return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


PERMITTED = _permitted()
isolation = pytest.mark.parametrize(
    "run",
    [
        pytest.param(
            in_namespace,
            marks=pytest.mark.skipif(not PERMITTED, reason="network namespaces are not permitted here"),
        ),
        with_refused_sockets,
    ],
)


def test_the_pipeline_with_real_models_never_calls_out(tmp_path: Path) -> None:
    run = in_namespace if PERMITTED else with_refused_sockets
    plain = ("-m", "pytest", str(PIPELINE), "-q", "-p", "no:cacheprovider", "-n", "0")
    assert run(tmp_path / "report.json", *plain) == (0, "")


@isolation
@pytest.mark.parametrize("call", CALLS)
def test_a_call_would_have_been_seen(run: Run, tmp_path: Path, call: str) -> None:
    returncode, seen = run(tmp_path / "report.json", "-c", CALLS[call])
    assert returncode != 0
    assert seen


@isolation
def test_loopback_can_be_reached(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "report.json", "-c", NOTHING) == (0, "")
