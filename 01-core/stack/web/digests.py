"""Know whether packages and build still are what lock file and sources ask for."""

import hashlib
import platform
from collections.abc import Iterable, Iterator
from pathlib import Path

from stack.web.places import FRONTEND, NODE_MODULES, SERVED, STAMP

PINS = ("package.json", "package-lock.json", ".npmrc")
BUILT_FROM = (
    *PINS,
    "messages",
    "next.config.ts",
    "postcss.config.mjs",
    "public",
    "src",
    "tsconfig.build.json",
    "tsconfig.json",
)
SERVED_WITH = ("server",)
TESTS = (".test.ts", ".test.tsx", ".test.mjs")


def of_packages() -> str:
    """Of what npm installs, and for which kind of machine."""
    return _digest(PINS, platform.system(), platform.machine())


def of_sources() -> str:
    """Of everything that goes into a build."""
    return _digest(BUILT_FROM)


def of_served() -> str:
    """Of the build that is there and of the server that serves it: a change starts the server anew."""
    return _digest(SERVED_WITH, stamp_in(SERVED))


def stamp_in(folder: Path) -> str:
    """What a finished folder was made from; empty where there is none, or where it was never finished."""
    try:
        return (folder / STAMP).read_text(encoding="ascii")
    except FileNotFoundError:
        return ""


def packages_are_current() -> bool:
    """Whether npm has nothing to do."""
    return stamp_in(NODE_MODULES) == of_packages()


def build_is_current() -> bool:
    """Whether what would be served is what the sources say."""
    return stamp_in(SERVED) == of_sources()


def _digest(names: Iterable[str], *texts: str) -> str:
    digest = hashlib.sha256("\0".join(texts).encode())
    for file in _files(names):
        digest.update(f"{file.relative_to(FRONTEND)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        path = FRONTEND / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in files if file.is_file() and not file.name.endswith(TESTS))
