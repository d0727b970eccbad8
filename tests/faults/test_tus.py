"""An upload over a bad connection to instances that are killed: every byte arrives, and nothing is left."""

import hashlib
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from cutting_proxy import cutting
from scribe.storage import ObjectStore
from scribe.storage.client import open_client
from tus_client import noise
from tus_js import upload

pytestmark = [pytest.mark.integration, pytest.mark.faults, pytest.mark.xdist_group("faults")]
LivingStack = Any

MIB = 1 << 20
SIZE, WARM_UP = 60 * MIB, 20 * MIB
CUTS, KILLS, SEED = 10, 2, 20_261_121
MOST_GROWTH = 48 * MIB
FIELDS = {"filename": "hotel.wav", "transcriber": "dummy", "diariser": "dummy"}


@dataclass
class Instances:
    """API processes at fixed ports, which come back when they are killed, and the most memory they took."""

    environment: dict[str, str]
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    most: dict[int, int] = field(default_factory=dict)
    killed: int = 0

    def start(self, port: int) -> None:
        self.processes[port] = subprocess.Popen(
            [sys.executable, "-m", "scribe_api"],
            env={**os.environ, **self.environment, "SCRIBE_API__PORT": str(port)},
        )

    def kill(self, port: int) -> None:
        self.processes[port].kill()
        assert self.processes[port].wait(10) == -9
        self.killed += 1
        self.start(port)

    def memory(self) -> dict[int, int]:
        return {port: psutil.Process(each.pid).memory_info().rss for port, each in self.processes.items()}

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note the most memory of each, kills included."""
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(0.02):
                try:
                    now = self.memory()
                except psutil.Error:  # it was killed between two looks
                    continue
                self.most = {port: max(rss, self.most.get(port, 0)) for port, rss in now.items()}

        watching = threading.Thread(target=watch)
        watching.start()
        yield
        ended.set()
        watching.join()


@contextmanager
def two_instances(living: LivingStack) -> Iterator[Instances]:
    instances = Instances(living.environment)
    ports = [living.api_port + 200, living.api_port + 201]
    try:
        for port in ports:
            instances.start(port)
        for port in ports:
            with httpx.Client(transport=httpx.HTTPTransport(retries=9), timeout=60) as probe:
                assert probe.get(f"http://127.0.0.1:{port}/api/v1/health/live").status_code == 200
        yield instances
    finally:
        for process in instances.processes.values():
            process.terminate()
            process.wait(30)


def incidents(instances: Instances, random_order: random.Random) -> list[tuple[int, Callable[[int], None]]]:
    """Cuts at random offsets of what is sent in all; at two of them the instance is killed as well."""
    offsets = sorted(random_order.sample(range(MIB, SIZE - 4 * MIB), CUTS + KILLS))
    deadly = set(random_order.sample(offsets, KILLS))
    return [(offset, instances.kill if offset in deadly else lambda _port: None) for offset in offsets]


async def left_in_s3(living: LivingStack, key: str) -> tuple[str, list[str], list[str]]:
    """The object's SHA-256, the tails and the open multipart uploads."""
    s3 = living.settings.s3
    async with ObjectStore.open(s3) as store, open_client(s3, s3.endpoint) as raw:
        hashed = hashlib.sha256()
        async for chunk in store.iter_range(key):
            hashed.update(chunk)
        tails = [head.key async for head in store.list("uploads/")]
        listed = await raw.list_multipart_uploads(Bucket=store.bucket)
        return hashed.hexdigest(), tails, [each["Key"] for each in listed.get("Uploads", [])]


@pytest.mark.timeout(900)  # four processes begin anew, besides the stack
def test_an_upload_survives_ten_cuts_two_kills_and_the_way_between_two_instances(
    living: LivingStack, client: httpx.Client, tmp_path: Path
) -> None:
    import asyncio

    file, small = tmp_path / "hotel.wav", tmp_path / "warm.wav"
    file.write_bytes(noise(SIZE))
    small.write_bytes(noise(WARM_UP, seed=2))
    headers = {"Authorization": client.headers["Authorization"]}
    with two_instances(living) as instances, ExitStack() as stack:
        for port in instances.processes:
            endpoint = f"http://127.0.0.1:{port}/api/v1/uploads"
            upload(tmp_path, small, endpoint, headers, FIELDS)
        before = instances.memory()
        happening = incidents(instances, random.Random(SEED))  # noqa: S311  (to be the same each time)
        proxy = stack.enter_context(cutting(list(instances.processes), happening))
        with instances.watched():
            endpoint = f"http://127.0.0.1:{proxy.port}/api/v1/uploads"
            outcome = upload(tmp_path, file, endpoint, headers, FIELDS)
        assert happening == []
        assert instances.killed == KILLS
        growth = {port: instances.most[port] - before[port] for port in before}
        assert max(growth.values()) < MOST_GROWTH, growth
    state = client.get(f"/uploads/{outcome.url.rpartition('/')[2]}").json()
    meeting = client.get(f"/meetings/{state['meeting_id']}").json()
    expected = hashlib.sha256(file.read_bytes()).hexdigest()
    key = f"meetings/{meeting['id']}/source/hotel.wav"
    assert asyncio.run(left_in_s3(living, key)) == (expected, [], [])
    assert (meeting["sha256"], meeting["size"]) == (expected, SIZE)
    assert proxy.carried < 2 * SIZE
    client.post(f"/meetings/{meeting['id']}/cancel")
