"""Become a supervised program that ends when its supervisor does, holding the lock on its data.

Run by path in isolated mode, with the standard library only, because it stands before every program:
``python -I -S launch.py SPECIFICATION [DIGEST]``. The specification is the JSON that ``program.py``
writes. The digest is not read: it makes the command change when the specification does.
"""

import ctypes
import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
ORDINARY_ID = 1000
LOCK_PATIENCE_S = 10.0
NO_NAMESPACE = 77
LOCKED = 75
ORPHANED = 76


def main() -> None:
    """Prepare this process as the specification says, then replace it by the program."""
    specification = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    parent = os.getppid()
    supervisor = specification["supervisor"]
    if supervisor and supervisor not in _command_line(parent):
        sys.exit(ORPHANED)
    if specification["lock"]:
        _hold(Path(specification["lock"]))
    if specification["ordinary_user"] and os.geteuid() == 0:
        _leave_root()
    os.nice(specification["nice"])
    _end_with(parent, signal.Signals[f"SIG{specification['stop_signal']}"])
    for name, value in specification["environment"].items():
        os.putenv(name, value)
    os.chdir(specification["folder"])
    program = specification["command"]
    try:
        os.execv(program[0], program)  # noqa: S606  (becoming another program is the point)
    except OSError as error:
        sys.exit(f"{program[0]} cannot be run: {error.strerror}")


def _command_line(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
    except OSError:
        return []


def _hold(path: Path) -> None:
    """Lock ``path`` for the life of the program and of every child that inherits the descriptor.

    A killed server's children may outlive it for a moment, hence the patience.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    deadline = time.monotonic() + LOCK_PATIENCE_S
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() > deadline:
                sys.stderr.write(f"{path} is still held by another process\n")
                sys.exit(LOCKED)
            time.sleep(0.05)
    os.set_inheritable(descriptor, True)


def _leave_root() -> None:
    """Go on as an ordinary user of a namespace of one's own; on disk everything stays root's."""
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(CLONE_NEWUSER) != 0:
        sys.stderr.write(f"{os.strerror(ctypes.get_errno())}\n")
        sys.exit(NO_NAMESPACE)
    try:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{ORDINARY_ID} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{ORDINARY_ID} {group} 1", encoding="ascii")
    except OSError as error:
        sys.stderr.write(f"{error.strerror}\n")
        sys.exit(NO_NAMESPACE)


def _end_with(parent: int, stop_signal: signal.Signals) -> None:
    """Have the kernel send ``stop_signal`` when the parent dies; end at once if it already has.

    After a change of user namespace only: that would clear the request.
    """
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(ORPHANED)


if __name__ == "__main__":
    main()
