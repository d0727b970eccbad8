"""supervisord as a child that outlives the command that started it: begin, update, end."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from stack.embedded.errors import SupervisorFailed
from stack.embedded.files import last_lines, write_private
from stack.embedded.layout import Layout
from stack.embedded.program import Program
from stack.embedded.rpc import ProcessState, SupervisorClient
from stack.embedded.supervision import configuration_file, render, specification_file

LONGEST_SOCKET_PATH = 90
"""Bytes; the kernel takes 107, and supervisord adds its process id while it binds."""
START_TIMEOUT_S = 15.0
END_TIMEOUT_S = 15.0
POLL_S = 0.03


class Supervisor:
    """The supervisor of one stack."""

    def __init__(self, layout: Layout, python: Path) -> None:
        self._layout = layout
        self._python = python

    def client(self) -> SupervisorClient | None:
        """A client, when the supervisor answers."""
        socket = self._known_socket()
        client = SupervisorClient(socket) if socket else None
        return client if client and client.answers() else None

    def ensure(self, programs: Sequence[Program]) -> SupervisorClient:
        """Have supervisord run with exactly these programs; changed ones are stopped, to be started anew.

        Raises SupervisorFailed.
        """
        client = self.client()
        if client is None:
            self.end_remains()
        for program in programs:
            file = specification_file(self._layout, program.name)
            write_private(file, program.specification(configuration_file(self._layout)))
        write_private(configuration_file(self._layout), render(self._layout, self._socket(), programs))
        if client is None:
            return self._begin()
        self._update(client)
        return client

    def has(self, programs: Sequence[Program]) -> bool:
        """Whether it answers and keeps exactly these programs, as they are described now."""
        client, file = self.client(), configuration_file(self._layout)
        if client is None or not file.is_file():
            return False
        wanted = render(self._layout, self._socket(), programs)
        return file.read_text(encoding="utf-8") == wanted and not any(client.reread())

    def process(self) -> psutil.Process | None:
        """The supervisor's process, wherever its socket went."""
        try:
            pid = int((self._layout.run / "supervisord.pid").read_text(encoding="ascii"))
            process = psutil.Process(pid)
            ours = str(configuration_file(self._layout)) in process.cmdline()
        except (FileNotFoundError, ValueError, psutil.Error):
            return None
        return process if ours and process.status() != psutil.STATUS_ZOMBIE else None

    def end(self) -> None:
        """End supervisord and whatever it still runs; raise SupervisorFailed when it will not go."""
        client, process = self.client(), self.process()
        family = [process, *_descendants(process)] if process else []
        if client:
            client.shut_down()
            until(lambda: not _alive(family), timeout_s=END_TIMEOUT_S)
        self.end_remains(family)

    def end_remains(self, family: Iterable[psutil.Process] = ()) -> None:
        """End a supervisor that no longer answers, and the processes that it left."""
        process = self.process()
        remains = _alive([*family, *([process, *_descendants(process)] if process else [])])
        for signal_them in (psutil.Process.terminate, psutil.Process.kill):
            for one in remains:
                with suppress(psutil.NoSuchProcess):
                    signal_them(one)
            if until(lambda: not _alive(remains), timeout_s=END_TIMEOUT_S):
                break
        else:
            raise self._failed(
                "processes " + ", ".join(str(one.pid) for one in _alive(remains)) + " do not end"
            )
        socket = self._known_socket()
        for stale in (socket, self._layout.run / "supervisord.pid"):
            if stale:
                stale.unlink(missing_ok=True)
        self._forget_short_folder()

    def _begin(self) -> SupervisorClient:
        command = (self._python, "-m", "supervisor.supervisord", "-c", configuration_file(self._layout))
        begun = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd=self._layout.run,
        )
        if begun.returncode != 0:
            raise self._failed((begun.stderr or begun.stdout).strip() or f"exit code {begun.returncode}")
        client = SupervisorClient(self._socket())
        if not until(client.answers, timeout_s=START_TIMEOUT_S):
            raise self._failed("it does not answer on its socket")
        return client

    def _update(self, client: SupervisorClient) -> None:
        added, changed, removed = client.reread()
        leaving = [*changed, *removed]
        for program in leaving:
            client.stop(program)
        if leaving and not until(
            lambda: all(_at_rest(client, program) for program in leaving), timeout_s=60 + END_TIMEOUT_S
        ):
            raise self._failed(f"{', '.join(leaving)} did not stop")
        for program in leaving:
            client.remove(program)
        for program in [*changed, *added]:
            client.add(program)

    def _socket(self) -> Path:
        """The socket's path, short enough for the kernel; its folder is the owner's alone."""
        if known := self._known_socket():
            return known
        near = self._layout.run / "supervisor.sock"
        if len(bytes(near)) <= LONGEST_SOCKET_PATH:
            return near
        link = self._layout.run / "socket"
        link.unlink(missing_ok=True)
        link.symlink_to(tempfile.mkdtemp(prefix="scribe-supervisor-"))
        return link.readlink() / near.name

    def _forget_short_folder(self) -> None:
        link = self._layout.run / "socket"
        if link.is_symlink():
            with suppress(OSError):  # a folder that was swept away, or that is not empty
                link.readlink().rmdir()
            link.unlink()

    def _known_socket(self) -> Path | None:
        near = self._layout.run / "supervisor.sock"
        if len(bytes(near)) <= LONGEST_SOCKET_PATH:
            return near
        link = self._layout.run / "socket"
        return link.readlink() / near.name if link.is_symlink() and link.is_dir() else None

    def _failed(self, reason: str) -> SupervisorFailed:
        log = self._layout.log("supervisord")
        return SupervisorFailed(reason=reason, log=log, tail=last_lines(log))


def until(condition: Callable[[], bool], *, timeout_s: float) -> bool:
    """Poll until the condition holds; False when it does not in time."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True


def _at_rest(client: SupervisorClient, program: str) -> bool:
    process: ProcessState | None = client.processes().get(program)
    return process is None or process.state.at_rest


def _descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _alive(processes: Iterable[psutil.Process]) -> list[psutil.Process]:
    return [one for one in processes if _lives(one)]


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
