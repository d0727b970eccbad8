"""What the tests of the client run: the gateway in a thread, the command, a network that breaks."""

import os
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from typer.testing import CliRunner

from scribe.settings import Settings
from scribe_api.main import create_app
from scribe_client.cli.app import app

PATIENCE_S = 60


@dataclass(frozen=True)
class Person:
    """Somebody who knows a password."""

    email: str
    password: str


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The gateway on a port of its own, in a thread of this process."""
    config = uvicorn.Config(
        create_app(settings), port=0, log_config=None, access_log=False, timeout_graceful_shutdown=2
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def until(holds: Callable[[], bool]) -> None:
    """Wait for a condition; fail when it does not come true."""
    patience = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > patience:
            raise AssertionError("it never came true")
        time.sleep(0.02)


@dataclass(frozen=True)
class Done:
    """What a command left."""

    returncode: int
    stdout: str
    stderr: str


@dataclass
class Command:
    """The command `scribe` of one user with a home of their own."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def credentials(self) -> Path:
        return self.home / ".config" / "scribe" / "credentials.json"

    def environment(self) -> dict[str, str]:
        own = {"HOME": str(self.home), "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": "", "COLUMNS": "200"}
        return {**own, **self.variables}

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """As a process, which can be killed."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SCRIBE_")}
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "scribe_client.cli", *map(str, arguments)],
            env={**kept, **self.environment()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *arguments: str | Path, stdin: str = "") -> Done:
        """In this process, which saves the start of another."""
        done = CliRunner().invoke(
            app, [*map(str, arguments)], input=stdin, env=self.environment(), prog_name="scribe"
        )
        return Done(done.exit_code, done.stdout, done.stderr)


def environment_of(settings: Settings, work: Path) -> dict[str, str]:
    """The variables of a process of the product that shares the test's servers; its engines are dummies."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SCRIBE_")}
    return {
        **kept,
        "SCRIBE_ENV": "development",
        "SCRIBE_DATABASE__URL": settings.database.url.get_secret_value(),
        "SCRIBE_REDIS__URL": settings.redis.url.get_secret_value(),
        "SCRIBE_S3__ENDPOINT": settings.s3.endpoint,
        "SCRIBE_S3__BUCKET": settings.s3.bucket,
        "SCRIBE_S3__ACCESS_KEY": settings.s3.access_key.get_secret_value(),
        "SCRIBE_S3__SECRET_KEY": settings.s3.secret_key.get_secret_value(),
        "SCRIBE_AUTH__SECRET": settings.auth.secret.get_secret_value(),
        "SCRIBE_JOBS__SWEEP_S": "1",
        "SCRIBE_JOBS__RING_AFTER_S": "1",
        "SCRIBE_ENGINES__TRANSCRIBER": "dummy",
        "SCRIBE_ENGINES__DIARISER": "dummy",
        "SCRIBE_WORKER__WORK_DIR": str(work),
        "SCRIBE_STACK__VOLUMES": str(settings.stack.volumes),
        "SCRIBE_LOG__LEVEL": "WARNING",
    }


@contextmanager
def working(settings: Settings, work: Path) -> Iterator[None]:
    """A worker process."""
    work.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "scribe_worker.gpu"]
    process = subprocess.Popen(command, env=environment_of(settings, work), stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


class Network(socketserver.ThreadingTCPServer):
    """Goes between a client and a server, and breaks.

    cuts: after how many bytes from the client, counted over all its connections, the one at work is cut
    hold_at: after how many nothing goes on any more, until ``release`` is set
    """

    daemon_threads = False

    def __init__(self, server: str, cuts: list[int], hold_at: int | None = None) -> None:
        host, _, port = server.removeprefix("http://").partition(":")
        self.target = (host, int(port))
        self.cuts = cuts
        self.hold_at = hold_at
        self.held, self.release = threading.Event(), threading.Event()
        self.passed = 0
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Line)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def count(self, size: int) -> int:
        """How many of the bytes may pass; fewer than ``size`` where the line is cut here."""
        if self.hold_at is not None and self.passed + size > self.hold_at:
            self.held.set()
            self.release.wait()
        with self.lock:
            if self.cuts and self.passed + size > self.cuts[0]:
                size = max(self.cuts.pop(0) - self.passed, 0)
            self.passed += size
            return size


class _Line(socketserver.BaseRequestHandler):
    server: Network

    def handle(self) -> None:
        with socket.create_connection(self.server.target) as far:
            back = threading.Thread(target=self._pass_on, args=(far, self.request))
            back.start()
            self._pass_on(self.request, far, counted=True)
            back.join()

    def _pass_on(self, source: socket.socket, target: socket.socket, *, counted: bool = False) -> None:
        """Until either side has had enough, or the line is cut."""
        try:
            while block := source.recv(1 << 16):
                size = self.server.count(len(block)) if counted else len(block)
                target.sendall(block[:size])
                if size < len(block):
                    break
        except OSError:
            pass
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def breaking_network(server: str, cuts: list[int], hold_at: int | None = None) -> Iterator[Network]:
    with Network(server, cuts, hold_at) as network:
        thread = threading.Thread(target=network.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield network
        finally:
            network.release.set()
            network.shutdown()
            thread.join()
