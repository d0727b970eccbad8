"""The parts of the stack that need no server to be tried."""

import os
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from loopback_ports import reserve
from stack.embedded import checks
from stack.embedded.checks import check_disk, check_extended_attributes, check_folder
from stack.embedded.errors import (
    DiskFull,
    ExtendedAttributesMissing,
    FolderUnusable,
    PortTaken,
    PostgresDataDamaged,
    PostgresVersionMismatch,
    StackBusy,
)
from stack.embedded.launch import LOCKED, ORPHANED
from stack.embedded.layout import Layout
from stack.embedded.locks import holder, turn
from stack.embedded.loopback import connect
from stack.embedded.ports import check_port
from stack.embedded.postgres import program_path
from stack.embedded.postgres_data import DataFolder
from stack.embedded.program import Program, launch_command
from stack.embedded.services import ServiceName
from stack.embedded.supervision import render
from stack.swift.memory_cache import MOST_ENTRIES, MemoryCache


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path / "volumes")
    layout.make()
    return layout


@pytest.fixture
def data(layout: Layout) -> DataFolder:
    return DataFolder(layout, "password", program_path)


def test_a_nearly_full_disk_is_a_sentence_and_a_full_one_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1 << 40, 0, 1 << 30))
    assert "1024 MiB are free" in (check_disk(tmp_path) or "")

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1 << 40, 0, 1 << 20))
    with pytest.raises(DiskFull, match="Only 1 MiB are free"):
        check_disk(tmp_path)


def test_a_file_system_without_extended_attributes_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "setxattr", refuse)

    with pytest.raises(ExtendedAttributesMissing, match="Operation not supported"):
        check_extended_attributes(tmp_path)


@pytest.mark.parametrize("name", ["a%b", 'a"b', "a;b", "a #b"])
def test_a_folder_whose_name_the_servers_cannot_be_told_is_reported(tmp_path: Path, name: str) -> None:
    with pytest.raises(FolderUnusable, match="its name contains"):
        check_folder(tmp_path / name)


def test_a_database_of_another_version_is_not_touched(layout: Layout, data: DataFolder) -> None:
    (layout.postgres_data / "global").mkdir(parents=True)
    (layout.postgres_data / "global" / "pg_control").touch()
    (layout.postgres_data / "PG_VERSION").write_text("15\n")

    with pytest.raises(PostgresVersionMismatch, match="PostgreSQL 15"):
        data.heal(lambda _: None)


def test_databases_without_a_control_file_are_not_given_up(layout: Layout, data: DataFolder) -> None:
    (layout.postgres_data / "base" / "16384").mkdir(parents=True)
    (layout.postgres_data / "PG_VERSION").write_text("16\n")

    with pytest.raises(PostgresDataDamaged, match="Restore the folder from a backup"):
        data.heal(lambda _: None)

    assert (layout.postgres_data / "base" / "16384").is_dir()


def test_the_drafts_of_an_interrupted_initdb_are_removed(layout: Layout, data: DataFolder) -> None:
    (layout.volumes / "postgres_data.draft-abc" / "cluster").mkdir(parents=True)

    data.heal(lambda _: None)

    assert list(layout.volumes.glob("postgres_data*")) == []


def test_a_servers_lock_file_goes_while_no_server_of_ours_lives(layout: Layout, data: DataFolder) -> None:
    layout.postgres_data.mkdir()
    lock = layout.postgres_data / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n")  # the id went to a process that lives

    with turn(layout.lock("postgres"), patience_s=0):
        data.forget_dead_postmaster()
        assert lock.exists()
    data.forget_dead_postmaster()

    assert not lock.exists()


def test_what_belongs_to_a_stack_is_known_by_name(layout: Layout) -> None:
    ours = {"work", "postgres_data", "postgres_data.draft-x1", "redis_data.unusable-2026"}
    for name in (*ours, "holiday", "logs.old"):
        (layout.volumes / name).mkdir()

    assert {path.name for path in layout.belongings()} == {"run", "logs", *ours}


def test_a_command_that_waits_too_long_for_its_turn_says_for_whom(tmp_path: Path) -> None:
    lock = tmp_path / "lock"

    with turn(lock, patience_s=0), pytest.raises(StackBusy, match=str(os.getpid())), turn(lock, patience_s=0):
        pass

    assert holder(lock) is None


def test_a_program_is_not_started_twice_on_the_same_data(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = layout.lock("sleeper")
    source = Path(checks.__file__).with_name("launch.py").read_text()
    impatient = layout.run / "launch.py"
    impatient.write_text(source.replace("LOCK_PATIENCE_S = 10.0", "LOCK_PATIENCE_S = 0.0"))
    monkeypatch.setattr("stack.embedded.program.LAUNCHER", impatient)
    program = Program("true", (shutil.which("true") or "true",), layout.volumes, lock=lock)
    (layout.run / "true.json").write_text(program.specification(supervisor=None))

    with turn(lock, patience_s=0):
        refused = subprocess.run(launch_command(layout.run / "true.json"), capture_output=True, check=False)
    allowed = subprocess.run(launch_command(layout.run / "true.json"), capture_output=True, check=False)

    assert (refused.returncode, allowed.returncode) == (LOCKED, 0)


def test_a_program_whose_supervisor_is_gone_does_not_start(layout: Layout) -> None:
    program = Program("true", (sys.executable, "-c", "pass"), layout.volumes)
    (layout.run / "true.json").write_text(program.specification(supervisor=Path("/gone/supervisord.conf")))

    done = subprocess.run(launch_command(layout.run / "true.json"), capture_output=True, check=False)

    assert done.returncode == ORPHANED


def test_a_changed_program_changes_the_command_that_the_supervisor_compares(layout: Layout) -> None:
    one, other = (Program("p", ("/bin/true",), layout.volumes, digest=digest) for digest in ("one", "other"))

    assert render(layout, Path("/s"), [one]) == render(layout, Path("/s"), [one])
    assert render(layout, Path("/s"), [one]) != render(layout, Path("/s"), [other])


def test_a_port_that_somebody_lets_go_of_in_a_moment_is_free() -> None:
    port = reserve()
    with socket.create_server(("127.0.0.1", port)) as other:
        letting_go = threading.Timer(0.2, other.close)
        letting_go.start()
        check_port(ServiceName.S3, port)
        letting_go.join()


def test_a_port_that_stays_in_use_is_taken() -> None:
    port = reserve()
    with socket.create_server(("127.0.0.1", port)), pytest.raises(PortTaken):
        check_port(ServiceName.S3, port)


def test_a_connection_to_oneself_is_no_server() -> None:
    port = reserve()
    with closing(socket.socket()) as own:
        own.bind(("127.0.0.1", port))
        own.connect(("127.0.0.1", port))  # nobody listens: the socket meets itself
        assert own.getsockname() == own.getpeername()

    with pytest.raises(ConnectionRefusedError):
        connect(port, 1.0)


class TestMemoryCache:
    def test_a_value_comes_back_as_through_json_until_its_time_is_over(self) -> None:
        now = [0.0]
        cache = MemoryCache(clock=lambda: now[0])
        cache.set("key", {"status": 200, "names": ("a", "b")}, time=60)

        assert cache.get("key") == {"status": 200, "names": ["a", "b"]}
        now[0] = 60.0
        assert cache.get("key") is None

    def test_a_counter_begins_at_zero_and_never_goes_below(self) -> None:
        cache = MemoryCache()

        assert cache.incr("counter", 3) == 3
        assert cache.decr("counter", 5) == 0

    def test_several_values_and_a_missing_one(self) -> None:
        cache = MemoryCache()
        cache.set_multi({"a": 1, "b": 2}, "server")
        cache.delete("b")

        assert cache.get_multi(["a", "b"], "server") == [1, None]

    def test_it_stays_bounded(self) -> None:
        cache = MemoryCache()
        for number in range(MOST_ENTRIES + 1):
            cache.set(str(number), number)

        assert cache.get("0") is None
        assert cache.get(str(MOST_ENTRIES)) == MOST_ENTRIES
