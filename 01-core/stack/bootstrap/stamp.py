"""Know in milliseconds whether .venv still is what the requirement files ask for."""

import hashlib
import json
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Profile = Literal["run", "dev"]
SHARED = ("requirements.in", "constraints.txt", "constraints-no-deps.txt")
PACKAGES = ("01-core", "02-workers", "03-interface/backend", "03-interface/client")
DEVELOPMENT = "requirements-dev.in"


@dataclass(frozen=True)
class Stamp:
    """What a finished set-up was made from; it lies in the virtual environment and is written last."""

    profile: Profile
    fingerprint: str
    torch: str

    def covers(self, root: Path, profile: Profile) -> bool:
        """Whether nothing needs to be installed for ``profile``; a dev set-up also runs the product."""
        if profile == "dev" and self.profile == "run":
            return False
        return self.fingerprint == fingerprint(root, self.profile)


def path_of(venv: Path) -> Path:
    """Where the stamp of this virtual environment lies; manage.sh looks at the same place."""
    return venv / "setup.json"


def read(venv: Path) -> Stamp | None:
    """The stamp, or None where a set-up never finished."""
    try:
        return Stamp(**json.loads(path_of(venv).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(venv: Path, stamp: Stamp) -> None:
    """Leave the stamp whole or not at all."""
    draft = path_of(venv).with_suffix(".new")
    draft.write_text(json.dumps(asdict(stamp)) + "\n", encoding="utf-8")
    draft.replace(path_of(venv))


def fingerprint(root: Path, profile: Profile) -> str:
    """A digest of the requirement files, the Python and the folder (scripts in .venv hold its path)."""
    names = [*SHARED, *(f"{package}/pyproject.toml" for package in PACKAGES)]
    if profile == "dev":
        names.append(DEVELOPMENT)
    digest = hashlib.sha256()
    for part in (str(root), sys.version, platform.machine(), profile):
        digest.update(part.encode() + b"\0")
    for name in names:
        digest.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return digest.hexdigest()
