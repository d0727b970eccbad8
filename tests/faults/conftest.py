"""A whole stack of its own, product included, whose processes these tests kill."""

import asyncio
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from loopback_ports import reserve
from recordings import tone
from scribe.db.migrate import migrate
from scribe.settings import Settings
from scribe.storage import ObjectStore
from stack.embedded import (
    PRODUCT,
    SERVERS,
    EmbeddedStack,
    Ports,
    ServiceName,
    StackConfig,
    environment_for,
    new_credentials,
)

PATIENCE_S = 90
EMAIL, PASSWORD = "faults@example.org", "correct horse battery staple"
# Short limits, so that healing is quick enough to be watched.
LIMITS = {
    "SCRIBE_JOBS__LEASE_S": "6",
    "SCRIBE_JOBS__HEARTBEAT_S": "1",
    "SCRIBE_JOBS__SWEEP_S": "1",
    "SCRIBE_JOBS__RING_AFTER_S": "2",
    "SCRIBE_JOBS__RETRY_DELAY_S": "1",
    "SCRIBE_JOBS__OUTAGE_DELAY_S": "2",
}


@dataclass
class LivingStack:
    """A running product, as its users and its enemies see it."""

    stack: EmbeddedStack
    volumes: Path
    environment: dict[str, str]
    api_port: int
    settings: Settings

    @contextmanager
    def client(self, port: int | None = None) -> Iterator[httpx.Client]:
        """A signed-in client of the API."""
        base_url = f"http://127.0.0.1:{port or self.api_port}/api/v1"
        with httpx.Client(base_url=base_url, timeout=30) as client:
            answer = client.post("/auth/login", json={"email": EMAIL, "password": PASSWORD})
            answer.raise_for_status()
            client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            client.cookies.clear()
            yield client

    def upload(self, client: httpx.Client, **dummy: Any) -> str:
        """Upload a recording for the dummy engines; returns the meeting's id."""
        answer = client.post(
            "/meetings",
            data={
                "transcriber": "dummy",
                "diariser": "dummy",
                "options": json.dumps({"dummy": dummy} if dummy else {}),
            },
            files={"file": ("meeting.wav", tone(8), "audio/wav")},
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def meeting(self, client: httpx.Client, meeting_id: str) -> dict[str, Any]:
        """The meeting as the API shows it, or nothing while the API is away."""
        try:
            answer = client.get(f"/meetings/{meeting_id}")
        except httpx.TransportError:
            return {}
        return dict(answer.json()) if answer.status_code == 200 else {}

    def wait(
        self, client: httpx.Client, meeting_id: str, holds: Callable[[dict[str, Any]], bool]
    ) -> dict[str, Any]:
        """Poll the meeting until the condition holds."""
        pause = threading.Event()
        for _ in range(PATIENCE_S * 10):
            meeting = self.meeting(client, meeting_id)
            if meeting and holds(meeting):
                return meeting
            pause.wait(0.1)
        raise AssertionError(f"still {meeting} after {PATIENCE_S} s")

    def processes(self, service: ServiceName) -> list[psutil.Process]:
        """The processes of the service that the supervisor started."""
        pid = next(row.pid for row in self.stack.status() if row.name == service)
        assert pid is not None
        process = psutil.Process(pid)
        if service is not ServiceName.S3:
            return [process]
        supervisor = process.parent()
        assert supervisor is not None
        return [child for child in supervisor.children() if "swift" in " ".join(child.cmdline())]

    def kill(self, service: ServiceName) -> None:
        """Kill -9 the service."""
        victims = self.processes(service)
        assert victims
        for victim in victims:
            victim.kill()

    def query(self, statement: str, *arguments: object) -> list[tuple[Any, ...]]:
        """Ask the database."""
        import asyncpg

        async def run() -> list[tuple[Any, ...]]:
            dsn = self.environment["SCRIBE_DATABASE__URL"].replace("+asyncpg", "")
            connection = await asyncpg.connect(dsn)
            try:
                return [tuple(row) for row in await connection.fetch(statement, *arguments)]
            finally:
                await connection.close()

        return asyncio.run(run())

    def objects(self, prefix: str) -> dict[str, str]:
        """Keys below the prefix, with their entity tags and times."""

        async def run() -> dict[str, str]:
            async with ObjectStore.open(self.settings.s3) as store:
                return {head.key: f"{head.etag} {head.modified}" async for head in store.list(prefix)}

        return asyncio.run(run())

    @contextmanager
    def process(self, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process of the product beside the supervised ones, ended afterwards."""
        process = subprocess.Popen(
            [sys.executable, *arguments], env={**os.environ, **self.environment, **environment}
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="session")
def living() -> Iterator[LivingStack]:
    folder = Path(tempfile.mkdtemp(prefix="scribe-faults-"))
    first = reserve(7)
    ports, credentials = Ports(postgres=first, redis=first + 1, s3=first + 2), new_credentials()
    api_port = first + 6
    environment = {
        **environment_for(ports, credentials),
        **LIMITS,
        "SCRIBE_AUTH__SECRET": secrets.token_hex(32),
        "SCRIBE_API__PORT": str(api_port),
        "SCRIBE_STACK__VOLUMES": str(folder),
    }
    stack = EmbeddedStack(
        StackConfig(
            volumes=folder,
            ports=ports,
            credentials=credentials,
            api_port=api_port,
            environment=environment,
            services=SERVERS + PRODUCT,
        )
    )
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        settings = Settings(_env_file=None)
    try:
        stack.up(lambda _service, _sentence: None, SERVERS)
        asyncio.run(migrate(settings.database))
        asyncio.run(make_bucket(settings))
        create_account(environment)
        stack.up(lambda _service, _sentence: None)
        yield LivingStack(stack, folder, environment, api_port, settings)
    finally:
        stack.down(lambda _service, _sentence: None)
        shutil.rmtree(folder)


async def make_bucket(settings: Settings) -> None:
    async with ObjectStore.open(settings.s3) as store:
        await store.ensure_bucket()


def create_account(environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "scribe_api.accounts", "create", EMAIL, "--role", "admin", "--password-stdin"],
        env={**os.environ, **environment},
        input=PASSWORD.encode(),
        check=True,
        capture_output=True,
    )


@pytest.fixture
def client(living: LivingStack) -> Iterator[httpx.Client]:
    living.stack.up(lambda _service, _sentence: None)
    with living.client() as client:
        yield client
