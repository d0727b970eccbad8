"""An API of the bench's own: another process, another database, the running stack's servers."""

import asyncio
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx
import psutil
from pydantic import SecretStr

from loopback_ports import reserve
from scribe.db.migrate import migrate
from scribe.settings import Settings

START_S, POLL_S = 60, 0.1


@dataclass(frozen=True)
class OwnApi:
    """An API process, the settings that it runs with and its folder for temporary files."""

    settings: Settings
    process: psutil.Process
    temp: Path


@asynccontextmanager
async def own_api(settings: Settings) -> AsyncIterator[OwnApi]:
    async with own_database(settings) as own:
        with tempfile.TemporaryDirectory() as temp:
            environment = {**environment_of(own), "TMPDIR": temp}
            with running([sys.executable, "-m", "scribe_api"], environment) as process:
                await until_answering(f"http://{own.api.host}:{own.api.port}/api/v1/health/ready")
                yield OwnApi(own, psutil.Process(process.pid), Path(temp))


@asynccontextmanager
async def own_database(settings: Settings) -> AsyncIterator[Settings]:
    name = f"bench_{secrets.token_hex(6)}"
    url = settings.database.url.get_secret_value()
    redis = urlunsplit(urlsplit(settings.redis.url.get_secret_value())._replace(path="/15"))
    own = settings.model_copy(
        update={
            "database": settings.database.model_copy(
                update={"url": SecretStr(urlunsplit(urlsplit(url)._replace(path=f"/{name}")))}
            ),
            "redis": settings.redis.model_copy(update={"url": SecretStr(redis)}),
            "api": settings.api.model_copy(update={"port": reserve()}),
        }
    )
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute(f"CREATE DATABASE {name}")
        try:
            await migrate(own.database)
            yield own
        finally:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


def environment_of(settings: Settings) -> dict[str, str]:
    """This process's environment, with the settings that the bench changed."""
    return {
        **os.environ,
        "SCRIBE_ENV": settings.env,
        "SCRIBE_DATABASE__URL": settings.database.url.get_secret_value(),
        "SCRIBE_REDIS__URL": settings.redis.url.get_secret_value(),
        "SCRIBE_LOG__LEVEL": "WARNING",
        "SCRIBE_API__PORT": str(settings.api.port),
    }


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


async def until_answering(url: str) -> None:
    """Wait for any answer below 500."""
    async with asyncio.timeout(START_S), httpx.AsyncClient() as client:
        while True:
            try:
                if not (await client.get(url)).is_server_error:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(POLL_S)
