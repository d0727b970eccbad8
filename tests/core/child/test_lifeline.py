import os
import select
import signal
import socket
import subprocess
import sys

import pytest

FOREVER = "signal.pause()"
DIES_WITH_PARENT = f"""
import os, signal
from scribe.child import lifeline
lifeline.die_with_parent(PARENT)
print(os.getpid(), flush=True)
{FOREVER}
"""
ENDS_ON_HANGUP = f"""
import os, signal, socket, subprocess, sys
from scribe.child import lifeline
lifeline.end_group_on_hangup(socket.socket(fileno=int(sys.argv[1])))
grandchild = subprocess.Popen(["sleep", "1000"])
print(os.getpid(), grandchild.pid, flush=True)
{FOREVER}
"""
PARENT = f"""
import os, signal, subprocess, sys
subprocess.Popen([sys.executable, "-c", {DIES_WITH_PARENT!r}.replace("PARENT", str(os.getpid()))])
{FOREVER}
"""
END_S = 30


def wait_for_the_end_of(descriptor: int) -> None:
    """A pidfd becomes readable when its process has ended."""
    assert select.select([descriptor], [], [], END_S)[0], "it is still running"
    os.close(descriptor)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_ends_with_its_parent_however_that_ends(how: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = os.pidfd_open(int(parent.stdout.readline()))

        parent.send_signal(how)

        wait_for_the_end_of(child)


def test_a_child_whose_parent_is_gone_already_leaves_at_once() -> None:
    code = "from scribe.child import lifeline; lifeline.die_with_parent(1 << 22)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 1


def test_a_hang_up_ends_the_child_and_what_it_started() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        child = subprocess.Popen(
            [sys.executable, "-c", ENDS_ON_HANGUP, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
    with child:
        assert child.stdout is not None
        both = [os.pidfd_open(int(pid)) for pid in child.stdout.readline().split()]

        ours.close()

        for descriptor in both:
            wait_for_the_end_of(descriptor)
