"""Write .env once, from .env.example, with credentials that nobody else has."""

import re
from collections.abc import Mapping
from pathlib import Path

from stack.cli import private_file

ASSIGNMENT = re.compile(r"^(?P<off># ?)?(?P<name>SCRIBE_[A-Z0-9_]+)=(?P<value>.*)$")


def assigned(text: str) -> dict[str, str]:
    """The variables that a .env text sets; a commented line sets nothing, and neither does an empty value."""
    matches = map(ASSIGNMENT.match, text.splitlines())
    return {
        found["name"]: found["value"] for found in matches if found and not found["off"] and found["value"]
    }


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with ``values`` set in place, be their lines commented or not; unknown ones at the end."""
    pending = dict(values)
    lines = []
    for line in template.splitlines():
        found = ASSIGNMENT.match(line)
        value = pending.pop(found["name"], None) if found else None
        lines.append(line if found is None or value is None else f"{found['name']}={value}")
    lines += [f"{name}={value}" for name, value in pending.items()]
    return "\n".join(lines) + "\n"


def missing(path: Path, template: Path) -> set[str]:
    """The variables that the template sets and ``path`` does not: each installation needs its own."""
    try:
        present = assigned(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        present = {}
    return assigned(template.read_text(encoding="utf-8")).keys() - present.keys()


def ensure(path: Path, template: Path, values: Mapping[str, str]) -> list[str]:
    """Write ``path`` where it is missing and append the values it lacks; what it says already stays.

    Returns the names that were written. The file is whole at every moment, and private to its owner.
    """
    try:
        present = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        private_file.write(path, filled(template.read_text(encoding="utf-8"), values))
        return list(values)
    lacking = {name: value for name, value in values.items() if name not in assigned(present)}
    if lacking:
        end = "" if present.endswith("\n") or not present else "\n"
        additions = "".join(f"{name}={value}\n" for name, value in lacking.items())
        private_file.write(path, f"{present}{end}{additions}")
    return list(lacking)
