"""Setting up: once, again after a change, and anew after an interruption."""

import sys
from pathlib import Path

import pytest

from stack.bootstrap import __main__ as bootstrap
from stack.bootstrap import install, stamp
from stack.bootstrap.problem import SetupProblem

PACKAGES = ("01-core", "02-workers", "03-interface/backend", "03-interface/client")


class Installer:
    """Stands in for the package index: notes what was asked of it."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.failure: BaseException | None = None

    def create(self, venv: Path) -> None:
        self.calls.append("create")
        venv.mkdir(exist_ok=True)
        version = ".".join(map(str, sys.version_info[:3]))
        (venv / "pyvenv.cfg").write_text(f"version = {version}\n")

    def fill(self, *arguments: object) -> None:
        self.calls.append(f"fill {arguments[-2]}")
        if self.failure:
            raise self.failure


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for package in PACKAGES:
        (tmp_path / package).mkdir(parents=True)
        (tmp_path / package / "pyproject.toml").write_text(package)
    for name in ("requirements.in", "requirements-dev.in", "constraints.txt", "constraints-no-deps.txt"):
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.fixture
def installer(monkeypatch: pytest.MonkeyPatch) -> Installer:
    installer = Installer()
    monkeypatch.setattr(install, "create", installer.create)
    monkeypatch.setattr(install, "fill", installer.fill)
    monkeypatch.setattr(install, "torch_backend", lambda *_: "cpu")
    monkeypatch.setattr(install, "uv_command", lambda *_: ["uv"])
    monkeypatch.setattr(install, "uv_environment", lambda *_: {})
    return installer


def test_a_second_run_installs_nothing(root: Path, installer: Installer) -> None:
    bootstrap.ensure(root, "run", {})
    bootstrap.ensure(root, "run", {})
    assert installer.calls == ["create", "fill run"]


def test_the_dev_profile_adds_to_what_is_there_and_serves_the_product_too(
    root: Path, installer: Installer
) -> None:
    bootstrap.ensure(root, "run", {})
    bootstrap.ensure(root, "dev", {})
    bootstrap.ensure(root, "run", {})
    assert installer.calls == ["create", "fill run", "fill dev"]


@pytest.mark.parametrize("changed", ["constraints.txt", "requirements.in", "02-workers/pyproject.toml"])
def test_a_changed_requirement_installs_again(root: Path, installer: Installer, changed: str) -> None:
    bootstrap.ensure(root, "run", {})
    (root / changed).write_text("something else")
    bootstrap.ensure(root, "run", {})
    assert installer.calls == ["create", "fill run", "fill run"]


def test_a_development_requirement_does_not_touch_a_product_set_up(root: Path, installer: Installer) -> None:
    bootstrap.ensure(root, "run", {})
    (root / "requirements-dev.in").write_text("something else")
    bootstrap.ensure(root, "run", {})
    assert installer.calls == ["create", "fill run"]


def test_after_an_interruption_the_environment_is_made_anew(root: Path, installer: Installer) -> None:
    bootstrap.ensure(root, "run", {})
    (root / "constraints.txt").write_text("something else")
    installer.failure = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        bootstrap.ensure(root, "run", {})
    assert stamp.read(root / ".venv") is None
    installer.failure = None
    bootstrap.ensure(root, "run", {})
    assert installer.calls == ["create", "fill run", "fill run", "create", "fill run"]


def test_a_failed_renewal_keeps_what_runs_and_a_second_one_begins_anew(
    root: Path, installer: Installer
) -> None:
    bootstrap.ensure(root, "run", {})
    (root / "constraints.txt").write_text("something else")
    installer.failure = SetupProblem("the index is gone")
    for _ in range(2):
        with pytest.raises(SetupProblem):
            bootstrap.ensure(root, "run", {})
    assert installer.calls == ["create", "fill run", "fill run", "fill run"]
    installer.failure = None
    bootstrap.ensure(root, "run", {})
    assert installer.calls[4:] == ["create", "fill run"]


def test_a_broken_stamp_counts_as_none(tmp_path: Path) -> None:
    stamp.path_of(tmp_path).write_text('{"profile": "run"}')
    assert stamp.read(tmp_path) is None


@pytest.mark.usefixtures("installer")
def test_a_moved_folder_is_not_covered(root: Path, tmp_path: Path) -> None:
    bootstrap.ensure(root, "run", {})
    done = stamp.read(root / ".venv")
    assert done is not None
    assert done.covers(root, "run")
    moved = tmp_path.with_name(f"{tmp_path.name}-moved")
    root.rename(moved)
    assert not done.covers(moved, "run")
