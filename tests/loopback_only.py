"""Run a command where nothing but loopback can be reached, and count what wanted to go elsewhere.

``unshare --map-root-user --net --mount python loopback_only.py REPORT COMMAND…`` makes the namespace; this
brings its loopback up, names a name server that is not there, so that a look-up has to leave as well, runs
the command and writes how often the kernel found no route for a packet. Every socket counts, whichever
library or language opened it.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

SIOCSIFFLAGS = 0x8914
IFF_UP_RUNNING = 0x41
NAME_SERVER = "nameserver 192.0.2.53\n"
"""An address for documentation: it belongs to nobody."""


def packets_without_route() -> int:
    """How many packets this namespace has not sent for want of a route, IPv4 and IPv6."""
    names, numbers = [
        line.split()[1:] for line in Path("/proc/net/snmp").read_text().splitlines() if line.startswith("Ip:")
    ]
    found = dict(zip(names, numbers, strict=True))
    later = dict(line.split() for line in Path("/proc/net/snmp6").read_text().splitlines())
    return int(found["OutNoRoutes"]) + int(later["Ip6OutNoRoutes"])


def main(report: Path, command: list[str]) -> int:
    """Run the command; returns its exit status."""
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP_RUNNING))
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as resolver:
        resolver.write(NAME_SERVER)
        resolver.flush()
        subprocess.run(["mount", "--bind", resolver.name, "/etc/resolv.conf"], check=True)
        before = packets_without_route()
        returncode = subprocess.run(command, check=False).returncode
    report.write_text(json.dumps(packets_without_route() - before))
    return returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
