"""What `doctor` looks at once the packages are installed: one function a thing, each with advice."""

import os
import shutil
import socket
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil

from scribe.settings import PLACEHOLDERS, REPOSITORY, Settings
from stack.bootstrap import checks
from stack.bootstrap.checks import GIB, Finding
from stack.cli import env_file
from stack.cli.configuration import ENV_FILE
from stack.embedded import ServiceName
from stack.embedded.addresses import free_port_advice
from stack.web.node import OLDEST, find

LEAST_MEMORY_GIB = 4
LEAST_CORES = 2
LEAST_FREE_GIB_FOR_DATA = 5
S3_PROCESSES = 4
CLOCK_BEGINS = datetime(2025, 1, 1, tzinfo=UTC)
OPTIONAL_TOOLS = {
    "flite": "makes the sample meeting anew (Debian, Ubuntu: apt install flite)",
    "redis-server": "is used instead of the packaged Redis when it is 7 or newer",
    "chromium": "runs the browser tests (Debian: apt install chromium)",
    "ffmpeg": "is handy to look at recordings by hand; the product carries its own",
}


def everything(root: Path, settings: Settings | None) -> Iterator[Finding]:
    """All findings. ``settings`` is None where they do not hold; what depends on them is left out then."""
    yield checks.python()
    yield checks.venv_tools()
    yield checks.redis(root / ".venv")
    yield checks.folder(root)
    yield checks.disk(root, installed=True)
    yield memory()
    yield cores()
    yield user_namespaces()
    yield clock()
    yield gpu()
    yield from optional_tools()
    yield env()
    if settings:
        if settings.web.enabled:
            yield node()
        yield data_disk(settings.stack.volumes)
        yield extended_attributes(settings.stack.volumes)
        yield from ports(settings)


def memory() -> Finding:
    """Room for the servers and one engine."""
    found = psutil.virtual_memory()
    seen = f"{found.available / GIB:.1f} of {found.total / GIB:.1f} GiB free"
    if found.available < LEAST_MEMORY_GIB * GIB:
        return Finding("memory", "odd", seen, f"{LEAST_MEMORY_GIB} GiB are wanted; close something large.")
    return Finding("memory", "ok", seen)


def cores() -> Finding:
    """How many there are for this process."""
    count = len(os.sched_getaffinity(0))
    if count < LEAST_CORES:
        return Finding("cores", "odd", f"{count}", "It will work, but slowly.")
    return Finding("cores", "ok", f"{count}")


def user_namespaces() -> Finding:
    """PostgreSQL does not run as root: as root it needs a user namespace of its own."""
    if os.geteuid() != 0:
        return Finding("user", "ok", "an ordinary user")
    command = ["unshare", "--user", "--map-user=1000", "--map-group=1000", "true"]
    try:
        allowed = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        allowed = False
    if allowed:
        return Finding("user", "ok", "root, with user namespaces")
    return Finding(
        "user",
        "blocks",
        "root, without user namespaces",
        "PostgreSQL does not run as root: run this as an ordinary user.",
    )


def clock() -> Finding:
    """Tokens and leases go by the clock."""
    now = datetime.now(UTC)
    seen = now.strftime("%Y-%m-%d %H:%M UTC")
    if now < CLOCK_BEGINS:
        return Finding("clock", "odd", seen, "That is in the past: set the clock, or certificates will fail.")
    return Finding("clock", "ok", seen)


def gpu() -> Finding:
    """An NVIDIA GPU makes it faster; none is needed."""
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return Finding("gpu", "ok", "no NVIDIA GPU: everything runs on the CPU")
    query = [tool, "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader"]
    try:
        asked = subprocess.run(query, capture_output=True, text=True, timeout=20, check=False)
    except subprocess.TimeoutExpired:
        return Finding("gpu", "odd", "nvidia-smi does not answer", "Restart the machine or its driver.")
    if asked.returncode != 0:
        said = (asked.stdout + asked.stderr).strip().partition("\n")[0]
        return Finding(
            "gpu", "odd", f"nvidia-smi failed: {said}", "Check the driver; until then the CPU is used."
        )
    return Finding("gpu", "ok", "; ".join(asked.stdout.strip().splitlines()))


def node() -> Finding:
    """The web app is built and served by it."""
    found = find()
    if found:
        return Finding("node", "ok", str(found.program))
    oldest = ".".join(map(str, OLDEST))
    return Finding(
        "node", "ok", f"no Node.js {oldest} with npm here: `./manage.sh up` installs one into .venv"
    )


def optional_tools() -> Iterator[Finding]:
    """Nice to have; never in the way."""
    for tool, use in OPTIONAL_TOOLS.items():
        found = shutil.which(tool)
        yield Finding(tool, "ok", found or f"not there (optional: it {use})")


def env() -> Finding:
    """The file with the credentials: private, and without placeholders."""
    try:
        mode, text = stat.S_IMODE(ENV_FILE.stat().st_mode), ENV_FILE.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Finding(".env", "odd", "not written yet", "./manage.sh setup writes it.")
    except OSError as error:
        return Finding(".env", "blocks", f"unreadable ({error.strerror})", f"Make {ENV_FILE} yours again.")
    guessable = [
        name
        for name, value in env_file.assigned(text).items()
        if value.lower() in PLACEHOLDERS or "change-me" in value.lower()
    ]
    if guessable:
        return Finding(
            ".env",
            "blocks",
            f"placeholders in {', '.join(guessable)}",
            "Remove those lines; setup generates them.",
        )
    if mode & 0o077:
        return Finding(".env", "odd", f"others may read it (mode {mode:o})", f"chmod 600 {ENV_FILE}")
    return Finding(".env", "ok", f"private (mode {mode:o})")


def data_disk(volumes: Path) -> Finding:
    """Room for recordings and the database."""
    folder = next(path for path in (volumes, *volumes.parents) if path.exists())
    free = shutil.disk_usage(folder).free / GIB
    seen = f"{free:.1f} GiB free for data in {volumes}"
    if free < checks.LEAST_FREE_GIB:
        return Finding("data disk", "blocks", seen, "Free some space, or set SCRIBE_STACK__VOLUMES.")
    if free < LEAST_FREE_GIB_FOR_DATA:
        return Finding("data disk", "odd", seen, "That fills up soon; recordings stay as they came.")
    return Finding("data disk", "ok", seen)


def extended_attributes(volumes: Path) -> Finding:
    """The S3 server keeps an object's metadata in them."""
    try:
        volumes.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=volumes) as probe:
            os.setxattr(probe.fileno(), "user.scribe", b"1")
    except OSError as error:
        return Finding(
            "xattr",
            "blocks",
            f"{volumes} takes no files with extended attributes ({error.strerror})",
            "Set SCRIBE_STACK__VOLUMES to a folder on ext4, xfs or btrfs.",
        )
    return Finding("xattr", "ok", f"extended attributes work in {volumes}")


def ports(settings: Settings) -> Iterator[Finding]:
    """Each port is free, or ours."""
    s3 = settings.stack.s3_port
    wanted = {
        ServiceName.API: [settings.api.port],
        ServiceName.POSTGRES: [settings.stack.postgres_port],
        ServiceName.REDIS: [settings.stack.redis_port],
        ServiceName.S3: list(range(s3, s3 + S3_PROCESSES)),
        **({ServiceName.WEB: [settings.web.port]} if settings.web.enabled else {}),
    }
    for service, numbers in wanted.items():
        for port in numbers:
            yield _port(service, port)


def _port(service: ServiceName, port: int) -> Finding:
    name = f"port {port}"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            owner = _owner(port)
            if owner and _is_ours(owner):
                return Finding(name, "ok", f"in use by this stack ({owner.name()}, pid {owner.pid})")
            who = f"{owner.name()}, pid {owner.pid}" if owner else error.strerror or "another process"
            return Finding(name, "blocks", f"taken ({who})", f"Stop it, or {free_port_advice(service)}.")
    return Finding(name, "ok", "free")


def _owner(port: int) -> psutil.Process | None:
    try:
        listening = (
            found.pid
            for found in psutil.net_connections("tcp")
            if found.status == psutil.CONN_LISTEN and found.laddr and found.laddr.port == port and found.pid
        )
        pid = next(listening, None)
        return psutil.Process(pid) if pid else None
    except psutil.Error:
        return None


def _is_ours(process: psutil.Process) -> bool:
    """Whether the process or one of its parents runs from this folder."""
    try:
        family = [process, *process.parents()]
        return any(str(REPOSITORY) in part for member in family for part in member.cmdline())
    except psutil.Error:
        return False
