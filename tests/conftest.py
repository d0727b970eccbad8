"""The embedded servers start once for the whole run, however many processes share it; every test gets
a database, a bucket and a Redis number of its own on them."""

import asyncio
import fcntl
import os
import secrets
import subprocess
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import asyncpg
import pytest
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

import session_servers
from loopback_ports import reserve
from scribe.db import Database
from scribe.db.migrate import migrate
from scribe.settings import (
    AuthSettings,
    DatabaseSettings,
    JobSettings,
    LogSettings,
    RedisSettings,
    S3Settings,
    Settings,
    StackSettings,
)
from scribe.storage import ObjectStore
from session_servers import RECORD, Servers
from stack.embedded import Credentials, new_credentials
from stack.embedded.errors import PortTaken

TEMPLATE = "scribe_template"
SHARED_FOLDER = "SCRIBE_TEST_FOLDER"
STARTS = 3


def pytest_configure(config: pytest.Config) -> None:
    """The first process makes the folder that all share, and has it removed when pytest ends."""
    if SHARED_FOLDER not in os.environ:
        os.environ[SHARED_FOLDER] = folder = tempfile.mkdtemp(prefix="scribe-test-")
        ending = subprocess.Popen(
            [sys.executable, session_servers.__file__, folder], stdin=subprocess.PIPE, start_new_session=True
        )

        def end() -> None:
            ending.communicate(timeout=60)

        config.add_cleanup(end)


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def servers() -> Servers:
    """PostgreSQL, Redis and S3, started by whichever pytest process needs them first."""
    folder = Path(os.environ[SHARED_FOLDER])
    record = folder / RECORD
    with one_at_a_time(folder / "lock"):
        if not record.exists():
            asyncio.run(make_template(start_servers(folder, new_credentials(), STARTS)))
    return Servers.model_validate_json(record.read_bytes())


def start_servers(folder: Path, credentials: Credentials, starts: int) -> Servers:
    """Started on other ports, ``starts`` times in all, where a process outside the tests has one."""
    first = reserve(6)
    servers = Servers(
        volumes=folder / "volumes",
        postgres=first,
        redis=first + 1,
        s3=first + 2,
        **asdict(credentials),
    )
    (folder / RECORD).write_text(servers.model_dump_json())
    try:
        servers.stack().up(lambda _service, _sentence: None)
    except PortTaken:
        servers.stack().down(lambda _service, _sentence: None)
        if starts == 1:
            raise
        return start_servers(folder, credentials, starts - 1)
    return servers


async def make_template(servers: Servers) -> None:
    await execute(servers, f"CREATE DATABASE {TEMPLATE}")
    await migrate(DatabaseSettings(url=servers.database_url(TEMPLATE)))


async def execute(servers: Servers, statement: str) -> None:
    dsn = servers.database_url("postgres").replace("+asyncpg", "")
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def redis_number(request: pytest.FixtureRequest) -> int:
    """One Redis database a pytest process: xdist calls them gw0, gw1 …"""
    worker = getattr(request.config, "workerinput", {"workerid": "gw0"})["workerid"]
    return int(worker.removeprefix("gw")) % 16


@contextmanager
def fresh_product(servers: Servers, redis_number: int, folder: Path) -> Iterator[Settings]:
    """Settings of a product of its own: fresh database, empty Redis, empty bucket."""
    name = f"test_{uuid.uuid4().hex}"
    asyncio.run(execute(servers, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}"))
    with Redis.from_url(servers.redis_url(redis_number)) as redis:
        redis.flushdb()
    work_dir = folder / "work"
    work_dir.mkdir()
    yield Settings(
        _env_file=None,
        env="production",
        log=LogSettings(format="console"),
        database=DatabaseSettings(url=servers.database_url(name), pool_size=5),
        redis=RedisSettings(url=servers.redis_url(redis_number)),
        s3=S3Settings(
            endpoint=f"http://127.0.0.1:{servers.s3}",
            bucket=name.replace("_", "-"),
            access_key=servers.s3_access_key,
            secret_key=servers.s3_secret_key,
        ),
        auth=AuthSettings(secret=secrets.token_hex(32)),
        jobs=JobSettings(lease_s=4, heartbeat_s=1, sweep_s=1, ring_after_s=1, retry_delay_s=0.2),
        stack=StackSettings(
            volumes=folder / "volumes",
            postgres_port=servers.postgres,
            redis_port=servers.redis,
            s3_port=servers.s3,
        ),
    )
    asyncio.run(execute(servers, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def settings(servers: Servers, redis_number: int, tmp_path: Path) -> Iterator[Settings]:
    """A product for this test alone."""
    with fresh_product(servers, redis_number, tmp_path) as made:
        yield made


@pytest.fixture(scope="session")
def shared_settings(
    servers: Servers, redis_number: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """A product for all tests of this process that make their own corner of it."""
    with fresh_product(servers, redis_number, tmp_path_factory.mktemp("shared")) as made:
        yield made


@pytest.fixture
def redis_url(settings: Settings) -> str:
    return settings.redis.url.get_secret_value()


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[AsyncRedis]:
    async with AsyncRedis.from_url(redis_url, decode_responses=True) as redis:
        yield redis


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database)
    yield database
    await database.close()


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[ObjectStore]:
    async with ObjectStore.open(settings.s3) as store:
        await store.ensure_bucket()
        yield store
