"""Pins that hold with any package index."""

from pathlib import Path

import pytest

from scribe.settings import REPOSITORY
from stack.cli import proofs
from stack.cli.proofs import lock_files_with_addresses


def test_this_projects_pins_carry_no_address() -> None:
    assert lock_files_with_addresses(REPOSITORY) == []


@pytest.mark.parametrize(
    "line",
    ["--index-url x", "--extra-index-url x", "-i x", "--find-links wheels", "a @ https://host.test/a.whl"],
)
def test_an_address_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "constraints.txt").write_text(f"numpy==2\n{line}\n")
    assert lock_files_with_addresses(tmp_path) == ["constraints.txt"]


@pytest.mark.parametrize(
    ("pinned", "found"),
    [
        ('"resolved": "https://registry.test/a.tgz"', ["web/package-lock.json"]),
        ('"resolved":"git+ssh://git@host.test/a.git"', ["web/package-lock.json"]),
        ('"resolved": "packages/a", "funding": "https://host.test"', []),
    ],
)
def test_an_address_is_found_among_the_packages_of_npm(tmp_path: Path, pinned: str, found: list[str]) -> None:
    for folder in ("web", "web/node_modules/a", ".cache"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "package-lock.json").write_text(f'{{"packages": {{"a": {{{pinned}}}}}}}')
    assert lock_files_with_addresses(tmp_path) == found


@pytest.mark.parametrize(("cores", "workers"), [(1, 2), (8, 8), (64, 16)])
def test_there_are_no_more_test_processes_than_redis_databases(
    monkeypatch: pytest.MonkeyPatch, cores: int, workers: int
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)))
    assert proofs._workers() == workers


@pytest.mark.parametrize(
    ("ended", "worst"), [([0, 0], 0), ([1, 0], 1), ([0, 1], 1), ([0, 5], 0), ([5, 5], 5), ([5, 2], 2)]
)
def test_the_worst_part_tells_how_the_suite_ended(ended: list[int], worst: int) -> None:
    assert proofs._worst(ended) == worst


def test_browsers_come_after_the_rest_and_a_choice_is_one_run() -> None:
    assert proofs._parts(proofs.Suite.ALL, []) == [["-m", "not e2e"], ["-m", "e2e"]]
    assert proofs._parts(proofs.Suite.ALL, ["tests/core"]) == [[]]
    assert proofs._parts(proofs.Suite.E2E, ["-x"]) == [["-m", "e2e"]]
