"""What keeps a child process from outliving the process that started it."""

import ctypes
import os
import select
import signal
import socket
import threading

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent: int) -> None:
    """Have the kernel kill this process when its parent ends; leave at once when it already has.

    parent: the process id that the parent had when it started this process.

    The kernel watches the *thread* that started the process: an event loop that starts children must run
    in a thread that lives as long as they are needed.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:
        os._exit(1)


def end_group_on_hangup(channel: socket.socket) -> None:
    """Kill this process's group once the other end of ``channel`` is closed, whatever runs meanwhile.

    Covers what the kernel's parent watch does not: processes that the child itself has started.
    """
    threading.Thread(target=_watch, args=(channel.fileno(),), name="lifeline", daemon=True).start()


def _watch(descriptor: int) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLRDHUP | select.POLLHUP)
    poll.poll()
    os.killpg(0, signal.SIGKILL)
