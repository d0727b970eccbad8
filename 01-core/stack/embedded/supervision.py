"""The configuration of supervisord: every program under the same rules."""

import os
import resource
import shlex
from collections.abc import Sequence
from pathlib import Path

from stack.embedded.layout import Layout
from stack.embedded.program import Program, digest_of, launch_command

LOG_MIB = 10
LOG_BACKUPS = 5
START_RETRIES = 20
FILES = 1024
PROCESSES = 200


def configuration_file(layout: Layout) -> Path:
    """What supervisord reads; its path on supervisord's command line also tells one stack from another."""
    return layout.configuration / "supervisord.conf"


def specification_file(layout: Layout, program: str) -> Path:
    """What the launcher reads before it becomes the program."""
    return layout.configuration / f"{program}.json"


def render(layout: Layout, socket: Path, programs: Sequence[Program]) -> str:
    """Supervisord's configuration; nothing starts by itself, since the order matters."""
    user = ["user = root"] if os.geteuid() == 0 else []  # it asks for an explicit yes
    head = [
        "[unix_http_server]",
        f"file = {socket}",
        "chmod = 0600",
        "",
        "[supervisord]",
        f"pidfile = {layout.run / 'supervisord.pid'}",
        f"logfile = {layout.log('supervisord')}",
        f"logfile_maxbytes = {LOG_MIB}MB",
        f"logfile_backups = {LOG_BACKUPS}",
        f"childlogdir = {layout.logs}",
        f"minfds = {_within(resource.RLIMIT_NOFILE, FILES)}",
        f"minprocs = {_within(resource.RLIMIT_NPROC, PROCESSES)}",
        "umask = 077",
        *user,
        "",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface",
        "",
    ]
    return "\n".join([*head, *(line for program in programs for line in _section(layout, program))])


def _section(layout: Layout, program: Program) -> list[str]:
    digest = digest_of(program.specification(configuration_file(layout)), program.digest)
    command = launch_command(specification_file(layout, program.name), digest)
    return [
        f"[program:{program.name}]",
        f"command = {shlex.join(command)}",
        "autostart = false",
        "autorestart = true",
        "startsecs = 1",
        f"startretries = {START_RETRIES}",
        f"stopsignal = {program.stop_signal}",
        f"stopwaitsecs = {program.stop_wait_s}",
        "killasgroup = true",
        "redirect_stderr = true",
        f"stdout_logfile = {layout.log(program.name)}",
        f"stdout_logfile_maxbytes = {LOG_MIB}MB",
        f"stdout_logfile_backups = {LOG_BACKUPS}",
        "",
    ]


def _within(limit: int, wanted: int) -> int:
    """What supervisord may ask for: it refuses to start above the hard limit."""
    hard = resource.getrlimit(limit)[1]
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
