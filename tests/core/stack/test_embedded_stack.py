"""What operators and the next start may rely on, whatever was killed before."""

import asyncio
import dataclasses
import hashlib
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import asyncpg
import psutil
import pytest

from stack.embedded import EmbeddedStack, StackConfig, new_credentials
from stack.embedded.errors import FolderUnusable, PortTaken, ServiceNotReady, UnknownService, VolumesInUse
from stack.embedded.s3 import S3

if TYPE_CHECKING:
    from core.stack.conftest import Bench

pytestmark = [pytest.mark.faults]
T = TypeVar("T")


def wait_for(condition: Callable[[], bool], timeout_s: float = 40) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        threading.Event().wait(0.05)


def lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def sql(bench: "Bench", statement: str, *values: object) -> Any:
    async def ask() -> Any:
        connection = await asyncpg.connect(
            host="127.0.0.1",
            port=bench.config.ports.postgres,
            user="scribe",
            database="scribe",
            password=bench.config.credentials.postgres_password,
        )
        try:
            return await connection.fetchval(statement, *values)
        finally:
            await connection.close()

    return run(ask())


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(coroutine)


def s3(bench: "Bench", method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
    service = bench.stack._services["s3"]  # type: ignore[index]
    assert isinstance(service, S3)
    return service._request(method, path, body)


def redis(bench: "Bench", command: str) -> bytes:
    with closing(socket.create_connection(("127.0.0.1", bench.config.ports.redis), 5)) as connection:
        connection.sendall(
            f"AUTH {bench.config.credentials.redis_password}\r\n{command}\r\nPING\r\n".encode()
        )
        answer = b""
        while not answer.endswith(b"+PONG\r\n"):
            answer += connection.recv(4096)
    return answer.split(b"\r\n", 1)[1].removesuffix(b"+PONG\r\n")


def test_a_fresh_stack_comes_up_and_every_server_answers(bench: "Bench") -> None:
    rows = bench.stack.status()

    assert [(row.name, row.state in {"running", "starting"}, row.ready) for row in rows] == [
        ("postgres", True, True),
        ("redis", True, True),
        ("s3", True, True),
    ]
    assert bench.stack.healthy()
    assert sql(bench, "SELECT lower('É')") == "é"
    assert sql(bench, "SHOW fsync") == "on"


def test_a_second_up_changes_nothing(bench: "Bench") -> None:
    before = bench.pids()

    bench.up()

    assert bench.pids() == before
    assert bench.told == []


def test_two_commands_at_once_take_turns(bench: "Bench") -> None:
    bench.down()
    failures: list[BaseException] = []

    def up() -> None:
        try:
            EmbeddedStack(bench.config).up(lambda *_: None)
        except BaseException as failure:  # noqa: BLE001
            failures.append(failure)

    threads = [threading.Thread(target=up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert bench.stack.healthy()


@pytest.mark.parametrize("service", ["postgres", "redis", "s3"])
def test_a_killed_server_comes_back_by_itself_with_its_data(bench: "Bench", service: str) -> None:
    sql(bench, "CREATE TABLE IF NOT EXISTS kept (what text)")
    sql(bench, "INSERT INTO kept VALUES ($1)", service)
    s3(bench, "PUT", "/kept")
    assert s3(bench, "PUT", f"/kept/{service}", b"bytes")[0] == 200
    redis(bench, f"SET {service} kept")
    wait_for(lambda: b"aof_pending_bio_fsync:0" in redis(bench, "INFO persistence"))
    pid = bench.pids()[service]
    assert pid

    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: bench.pids()[service] not in {pid, None} and bench.stack.healthy())

    assert sql(bench, "SELECT what FROM kept WHERE what = $1", service) == service
    assert s3(bench, "GET", f"/kept/{service}") == (200, b"bytes")
    assert redis(bench, f"GET {service}") == b"$4\r\nkept\r\n"


@pytest.mark.parametrize("storage", ["account", "container", "object"])
def test_a_killed_storage_process_comes_back_by_itself(bench: "Bench", storage: str) -> None:
    (victim,) = [
        one
        for one in bench.supervisor().children()
        if any(word.endswith(f"swift-{storage}-server") for word in one.cmdline())
    ]

    victim.kill()
    wait_for(lambda: not lives(victim))

    wait_for(bench.stack.healthy)


def test_an_object_written_while_listings_were_away_is_listed_later(bench: "Bench") -> None:
    s3(bench, "PUT", "/listed")
    s3(bench, "PUT", "/listed/before", b"before")
    client = bench.stack._supervisor.client()
    assert client
    client.stop("s3-container")
    wait_for(lambda: client.processes()["s3-container"].state.at_rest)

    assert s3(bench, "PUT", "/listed/meanwhile", b"meanwhile")[0] == 200
    bench.up()

    assert s3(bench, "GET", "/listed/meanwhile") == (200, b"meanwhile")
    wait_for(lambda: b"<Key>meanwhile</Key>" in s3(bench, "GET", "/listed")[1])


def test_the_parts_of_a_deleted_object_are_deleted_with_it(bench: "Bench") -> None:
    def data_files() -> int:
        return len(list((bench.config.volumes / "s3_data" / "d1" / "objects").glob("**/*.data")))

    s3(bench, "PUT", "/parts")
    before = data_files()
    upload = re.search(rb"<UploadId>(.+)</UploadId>", s3(bench, "POST", "/parts/object?uploads")[1])
    assert upload
    query = f"uploadId={upload[1].decode()}"
    assert s3(bench, "PUT", f"/parts/object?{query}&partNumber=1", b"x" * 100)[0] == 200
    etag = hashlib.md5(b"x" * 100).hexdigest()  # noqa: S324
    done = s3(
        bench,
        "POST",
        f"/parts/object?{query}",
        f"<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part>"
        "</CompleteMultipartUpload>".encode(),
    )
    assert b"<ETag>" in done[1]
    assert data_files() > before

    assert s3(bench, "DELETE", "/parts/object")[0] == 204

    assert data_files() == before


def test_servers_end_with_a_killed_supervisor_and_up_heals(bench: "Bench") -> None:
    sql(bench, "CREATE TABLE IF NOT EXISTS survived AS SELECT 1 AS one")
    supervisor = bench.supervisor()
    family = supervisor.children(recursive=True)
    assert len(family) >= 7

    supervisor.kill()

    wait_for(lambda: not any(lives(one) for one in family))
    assert not bench.stack.healthy()
    bench.up()
    assert bench.stack.healthy()
    assert sql(bench, "SELECT one FROM survived") == 1


def test_up_heals_after_the_whole_machine_went_down(bench: "Bench") -> None:
    supervisor = bench.supervisor()
    family = [supervisor, *supervisor.children(recursive=True)]
    for one in family:
        one.suspend()
    for one in family:
        one.kill()
    wait_for(lambda: not any(lives(one) for one in family))
    volumes = bench.config.volumes
    lock = volumes / "postgres_data" / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")  # the id went to another process
    (volumes / "run" / "supervisord.pid").write_text(str(os.getpid()))
    (volumes / "run" / "etc" / "swift" / "object.ring.gz").write_bytes(b"half a ring")
    with next((volumes / "redis_data").glob("**/*.aof")).open("ab") as log:
        log.write(b"*3\r\n$3\r\nSET\r\n$4\r\nha")

    bench.up()

    assert bench.stack.healthy()


def test_redis_begins_empty_when_its_file_cannot_be_read(bench: "Bench") -> None:
    bench.down()
    for log in (bench.config.volumes / "redis_data").glob("**/*.aof"):
        log.write_bytes(b"this is no append-only file\r\n" * 20)

    bench.up()

    assert redis(bench, "PING") == b"+PONG\r\n"
    assert any("could not be read" in sentence for service, sentence in bench.told if service == "redis")


def test_restart_gives_one_service_a_new_process_and_leaves_the_others(bench: "Bench") -> None:
    before = bench.pids()

    bench.stack.restart("redis", bench.tell)

    after = bench.pids()
    assert after["redis"] not in {before["redis"], None}
    assert (after["postgres"], after["s3"]) == (before["postgres"], before["s3"])


def test_new_credentials_are_applied_to_old_data(bench: "Bench") -> None:
    sql(bench, "CREATE TABLE IF NOT EXISTS older AS SELECT 2 AS two")
    s3(bench, "PUT", "/older")
    s3(bench, "PUT", "/older/object", b"older")
    config = dataclasses.replace(bench.config, credentials=new_credentials())

    renewed = type(bench)(EmbeddedStack(config), config)
    renewed.up()

    assert sql(renewed, "SELECT two FROM older") == 2
    assert s3(renewed, "GET", "/older/object") == (200, b"older")
    assert s3(bench, "GET", "/older/object")[0] == 403


def test_a_changed_server_is_started_again_when_another_is_restarted(bench: "Bench") -> None:
    config = dataclasses.replace(
        bench.config,
        credentials=dataclasses.replace(
            bench.config.credentials, redis_password=new_credentials().redis_password
        ),
    )
    changed = type(bench)(EmbeddedStack(config), config)
    before = bench.pids()

    changed.stack.restart("postgres", changed.tell)

    after = changed.pids()
    assert changed.stack.healthy()
    assert (after["postgres"], after["redis"]) != (before["postgres"], before["redis"])
    assert after["s3"] == before["s3"]


def test_down_needs_only_the_folder(bench: "Bench") -> None:
    supervisor = bench.supervisor()
    family = [supervisor, *supervisor.children(recursive=True)]

    EmbeddedStack(StackConfig.of_folder(bench.config.volumes)).down(bench.tell)

    assert [one for one in family if lives(one)] == []


def test_down_leaves_no_process(bench: "Bench") -> None:
    supervisor = bench.supervisor()
    family = [supervisor, *supervisor.children(recursive=True)]

    bench.down()

    assert [one for one in family if lives(one)] == []
    assert {row.state for row in bench.stack.status()} == {"down"}


def test_a_taken_port_is_reported_with_its_owner(
    tmp_path: Path, make_config: Callable[[Path], StackConfig]
) -> None:
    config = make_config(tmp_path / "volumes")
    bench_stack = EmbeddedStack(config)
    with closing(socket.socket()) as squatter:
        squatter.bind(("127.0.0.1", config.ports.redis))
        squatter.listen()

        with pytest.raises(PortTaken) as caught:
            bench_stack.up(lambda *_: None, ["redis"])

    bench_stack.down(lambda *_: None)
    assert str(config.ports.redis) in str(caught.value)
    assert str(os.getpid()) in str(caught.value)
    assert "SCRIBE_STACK__REDIS_PORT" in str(caught.value)
    assert "SCRIBE_REDIS__URL" in str(caught.value)


def test_the_data_of_a_running_stack_are_refused_to_another_supervisor(
    bench: "Bench",
    tmp_path: Path,
    make_config: Callable[[Path], StackConfig],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As when one folder is mounted into two containers: the other side's supervisor cannot be seen."""
    elsewhere = make_config(tmp_path / "elsewhere")
    elsewhere.volumes.mkdir()
    (elsewhere.volumes / "run").mkdir(mode=0o700)
    (elsewhere.volumes / "run" / "redis.lock").symlink_to(bench.config.volumes / "run" / "redis.lock")
    monkeypatch.setattr("stack.embedded.stack.HANDOVER_S", 0.2)
    other = EmbeddedStack(elsewhere)

    with pytest.raises(VolumesInUse, match="redis"):
        other.up(lambda *_: None, ["redis"])

    other.down(lambda *_: None)


def test_a_server_that_keeps_dying_is_reported_with_the_end_of_its_log(
    tmp_path: Path, make_config: Callable[[Path], StackConfig]
) -> None:
    config = make_config(tmp_path / "volumes")
    stack = EmbeddedStack(config)
    (config.volumes / "redis_data" / "appendonly.aof").mkdir(parents=True)

    with pytest.raises(ServiceNotReady) as caught:
        stack.up(lambda *_: None, ["redis"])

    stack.down(lambda *_: None)
    assert "Can't open" in str(caught.value)
    assert str(stack.log_paths("redis")[-1]) in str(caught.value)


def test_a_file_in_place_of_the_folder_is_reported(
    tmp_path: Path, make_config: Callable[[Path], StackConfig]
) -> None:
    config = make_config(tmp_path / "volumes")
    config.volumes.write_text("a file")

    with pytest.raises(FolderUnusable, match="file in place of the folder"):
        EmbeddedStack(config).up(lambda *_: None)


def test_an_unknown_service_is_reported_with_the_known_ones(
    tmp_path: Path, make_config: Callable[[Path], StackConfig]
) -> None:
    with pytest.raises(UnknownService, match="postgres, redis, s3"):
        EmbeddedStack(make_config(tmp_path)).restart("mongodb", lambda *_: None)
