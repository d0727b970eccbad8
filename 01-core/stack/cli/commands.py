"""The table of commands; each is imported when it is called, so that none waits for the others' libraries."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from stack.cli.edge import SentenceGroup

RUN, USE, PROVE, KEEP = "Run it", "Use it", "Prove it", "Keep it"


@dataclass(frozen=True)
class Entry:
    """Where a command's function or group is, and under which heading the help lists it."""

    panel: str
    module: str
    passes_through: bool = False
    """Whether arguments that nobody knows go on to another program."""


ENTRIES = {
    "setup": Entry(RUN, "setup"),
    "up": Entry(RUN, "servers"),
    "down": Entry(RUN, "servers"),
    "restart": Entry(RUN, "servers"),
    "ps": Entry(RUN, "servers"),
    "health": Entry(RUN, "servers"),
    "logs": Entry(RUN, "logs"),
    "demo": Entry(USE, "demo"),
    "transcribe": Entry(USE, "transcribe"),
    "create-user": Entry(USE, "accounts"),
    "models": Entry(USE, "models"),
    "test": Entry(PROVE, "proofs", passes_through=True),
    "lint": Entry(PROVE, "proofs"),
    "bench": Entry(PROVE, "proofs"),
    "eval": Entry(PROVE, "eval"),
    "screenshots": Entry(PROVE, "proofs"),
    "web": Entry(PROVE, "web"),
    "migrate": Entry(KEEP, "database"),
    "db-shell": Entry(KEEP, "database"),
    "doctor": Entry(KEEP, "doctor"),
    "clean": Entry(KEEP, "cleaning"),
    "clean-all": Entry(KEEP, "cleaning"),
}


class Commands(SentenceGroup):
    """The group of all commands."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the help."""
        del ctx
        return list(ENTRIES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        del ctx
        return load(cmd_name) if cmd_name in ENTRIES else None


@cache
def load(name: str) -> Any:
    """Import the module of a command and build the command."""
    entry = ENTRIES[name]
    found = getattr(import_module(f"stack.cli.{entry.module}"), name.replace("-", "_"))
    if isinstance(found, typer.Typer):
        found.info.rich_help_panel = entry.panel
        group = get_command(found)
        group.name = name
        return group
    alone = typer.Typer(add_completion=False)
    settings = {"allow_extra_args": True, "ignore_unknown_options": True} if entry.passes_through else None
    alone.command(name, rich_help_panel=entry.panel, context_settings=settings)(found)
    return get_command(alone)
