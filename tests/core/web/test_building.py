"""When packages are installed and when the web app is built, and what is told when that fails."""

import errno
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stack.bootstrap.problem import SetupProblem
from stack.web import build, digests, node
from stack.web.errors import BuildFailed, BuildNotWritten, NodeMissing, PackagesNotInstalled
from stack.web.node import Node


class Tools:
    """Stands in for npm and Next.js: notes what is asked for, and fails where told to."""

    def __init__(self, frontend: Path) -> None:
        self._frontend = frontend
        self.calls: list[str] = []
        self.failing = ""

    def run(self, command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        name = command[2]
        self.calls.append(name)
        if name == self.failing:
            options["stdout"].write("the registry does not answer\n")
            options["stdout"].flush()
            return subprocess.CompletedProcess(command, 1)
        made = self._frontend / ("node_modules" if name == "install" else options["env"]["SCRIBE_WEB__BUILD"])
        made.mkdir(exist_ok=True)
        (made / "made").write_text(f"{len(self.calls)}")
        return subprocess.CompletedProcess(command, 0)


@pytest.fixture
def frontend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sources of a small web app."""
    folder = tmp_path / "frontend"
    for name in digests.BUILT_FROM + digests.SERVED_WITH:
        path = folder / name
        if path.suffix or name.startswith("."):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
        else:
            path.mkdir(parents=True)
            (path / "page.ts").write_text(name)
    for module in (build, digests):
        monkeypatch.setattr(module, "FRONTEND", folder)
        monkeypatch.setattr(module, "NODE_MODULES", folder / "node_modules")
        monkeypatch.setattr(module, "SERVED", folder / ".build")
    monkeypatch.setattr(build, "DRAFT", folder / ".build-draft")
    monkeypatch.setattr(build, "find", lambda: Node(Path("/bin/node"), Path("/bin/npm")))
    return folder


@pytest.fixture
def tools(frontend: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    stand_in = Tools(frontend)
    monkeypatch.setattr(subprocess, "run", stand_in.run)
    return stand_in


@pytest.fixture
def ensure(tmp_path: Path, tools: Tools) -> Callable[[], list[str]]:
    """Build where that is needed; returns what was asked of the tools."""

    def run() -> list[str]:
        tools.calls.clear()
        build.ensure_built(tmp_path / "logs" / "web-build.log", lambda _: None)
        return list(tools.calls)

    return run


def test_what_is_current_is_left_alone(ensure: Callable[[], list[str]]) -> None:
    assert ensure() == ["install", "build"]
    assert ensure() == []


@pytest.mark.parametrize("changed", ["src/page.ts", "messages/page.ts", "next.config.ts"])
def test_changed_sources_are_built_with_the_packages_that_are_there(
    frontend: Path, ensure: Callable[[], list[str]], changed: str
) -> None:
    ensure()
    (frontend / changed).write_text("changed")
    assert ensure() == ["build"]


def test_changed_pins_are_installed_before_the_build(frontend: Path, ensure: Callable[[], list[str]]) -> None:
    ensure()
    (frontend / "package-lock.json").write_text("changed")
    assert ensure() == ["install", "build"]


@pytest.mark.parametrize("changed", ["src/page.test.ts", "server/main.mjs"])
def test_what_is_no_part_of_a_build_builds_nothing(
    frontend: Path, ensure: Callable[[], list[str]], changed: str
) -> None:
    ensure()
    (frontend / changed).write_text("changed")
    assert ensure() == []


def test_a_server_that_changed_is_known_without_a_build(
    frontend: Path, ensure: Callable[[], list[str]]
) -> None:
    ensure()
    before = digests.of_served()
    (frontend / "server" / "page.ts").write_text("changed")
    assert digests.of_served() != before


def test_a_build_that_fails_leaves_what_was_served(
    frontend: Path, tools: Tools, ensure: Callable[[], list[str]]
) -> None:
    ensure()
    served = (frontend / ".build" / "made").read_text()
    (frontend / "src" / "page.ts").write_text("broken")
    tools.failing = "build"

    with pytest.raises(BuildFailed, match=r"web-build\.log"):
        ensure()

    assert (frontend / ".build" / "made").read_text() == served
    tools.failing = ""
    assert ensure() == ["build"]


def test_a_full_disk_is_told_and_leaves_what_was_served(
    frontend: Path, ensure: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    ensure()
    (frontend / "src" / "page.ts").write_text("changed")
    with monkeypatch.context() as disk:
        disk.setattr(build, "_stamp", full)
        with pytest.raises(BuildNotWritten, match="No space left on device") as failure:
            ensure()

    assert str(frontend) in str(failure.value)
    assert digests.stamp_in(frontend / ".build")
    assert ensure() == ["build"]


def test_a_build_that_may_not_take_its_place_is_told(
    ensure: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, _: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(BuildFailed, match=r"\.build-draft: Permission denied"):
        ensure()


def test_a_registry_that_is_away_is_told_with_what_npm_said(
    tools: Tools, ensure: Callable[[], list[str]]
) -> None:
    tools.failing = "install"
    with pytest.raises(PackagesNotInstalled, match="the registry does not answer") as failure:
        ensure()
    assert "npm config set registry" in str(failure.value)
    tools.failing = ""
    assert ensure() == ["install", "build"]


@pytest.mark.parametrize(("version", "found"), [("v20.8.1", False), ("v20.9.0", True), ("v24.1.0", True)])
def test_the_machines_own_node_must_be_new_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, *, found: bool
) -> None:
    for name in ("node", "npm"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (node.of_the_system() is not None) is found


def test_a_node_without_npm_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "node").write_text("#!/bin/sh\necho v24.0.0\n")
    (tmp_path / "node").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert node.of_the_system() is None


def test_a_node_that_cannot_be_installed_says_how_to_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise SetupProblem("the index does not answer")

    monkeypatch.setattr(node, "run", refuse)
    with pytest.raises(NodeMissing, match="the index does not answer") as missing:
        node.install()
    assert "SCRIBE_WEB__ENABLED=false" in str(missing.value)
