"""API instances are killed while people watch, who go on elsewhere and see every change once, in order."""

import asyncio
import itertools
import json
import subprocess
import uuid
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
from httpx_sse import aconnect_sse
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from loopback_ports import reserve
from scribe.db import Database, announce_after_commit
from scribe.queue import MeetingChanged, RedisAnnouncer
from scribe.settings import Settings

pytestmark = [
    pytest.mark.integration,
    pytest.mark.faults,
    pytest.mark.xdist_group("faults"),
    pytest.mark.timeout(600),
]
LivingStack = Any

KILLS = 3
SEEN_BETWEEN_KILLS = 40
PATIENCE_S = 120
STATUSES = ("PENDING", "PROCESSING", "COMPLETED")
LAST = "FAILED"


class Instances:
    """Two API processes of which the first is where everybody is, until it is killed."""

    def __init__(self, living: LivingStack) -> None:
        self._living = living
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._stack = AsyncExitStack()
        self.ports = [reserve(), reserve()]

    async def __aenter__(self) -> "Instances":
        await asyncio.gather(*map(self.start, self.ports))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def start(self, port: int) -> None:
        """Start one and wait until it answers."""
        process = self._living.process("-m", "scribe_api", SCRIBE_API__PORT=str(port))
        self._processes[port] = self._stack.enter_context(process)
        async with asyncio.timeout(PATIENCE_S), httpx.AsyncClient() as client:
            while True:
                with suppress(httpx.TransportError):
                    if (await client.get(f"http://127.0.0.1:{port}/api/v1/health/ready")).is_success:
                        return
                await asyncio.sleep(0.1)

    def kill_first(self) -> int:
        """Kill -9 the instance where the clients are; the other one is the first from now on."""
        killed, other = self.ports
        self._processes[killed].kill()
        self._processes[killed].wait()
        self.ports = [other, killed]
        return killed


class Watcher(ABC):
    """A client that comes back, with the last id that it saw, wherever there is an instance."""

    def __init__(self, instances: Instances, meeting_id: uuid.UUID, token: str) -> None:
        self._instances = instances
        self._meeting_id = str(meeting_id)
        self._last: str | None = None
        self.headers = {"Authorization": token}
        self.connections = 0
        self.seen: list[tuple[str, str]] = []
        """Title and status of each change of the meeting, as it was told."""

    async def watch(self) -> None:
        """Until the last change was seen."""
        while not self.seen or self.seen[-1][1] != LAST:
            try:
                await self._follow(self._instances.ports[0])
            except (httpx.TransportError, OSError, ConnectionClosed, InvalidHandshake):
                await asyncio.sleep(0.05)

    async def _follow(self, port: int) -> None:
        async with self.connection(port, self._last) as messages:
            self.connections += 1
            async for event_id, message in messages:
                self._last = event_id
                if message.get("meeting_id") == self._meeting_id:
                    self.seen.append((message["title"], message["status"]))
                    if message["status"] == LAST:
                        return

    @abstractmethod
    def connection(self, port: int, after: str | None) -> Any:
        """A connection's messages with their ids, for as long as it lasts."""


class StreamWatcher(Watcher):
    """Follows the server-sent events."""

    @asynccontextmanager
    async def connection(
        self, port: int, after: str | None
    ) -> AsyncIterator[AsyncIterator[tuple[str, dict[str, Any]]]]:
        headers = self.headers | ({} if after is None else {"Last-Event-ID": after})
        async with (
            httpx.AsyncClient(timeout=30) as client,
            aconnect_sse(client, "GET", f"http://127.0.0.1:{port}/api/v1/events", headers=headers) as source,
        ):
            yield ((event.id, event.json()) async for event in source.aiter_sse() if event.data)


class SocketWatcher(Watcher):
    """Follows over a WebSocket."""

    @asynccontextmanager
    async def connection(
        self, port: int, after: str | None
    ) -> AsyncIterator[AsyncIterator[tuple[str, dict[str, Any]]]]:
        query = "" if after is None else f"?after={after}"
        url = f"ws://127.0.0.1:{port}/api/v1/ws{query}"
        async with connect(url, additional_headers=self.headers) as websocket:
            told = (json.loads(message) async for message in websocket)
            yield ((message["id"], message) async for message in told if "id" in message)


async def change_all_the_time(settings: Settings, meeting_id: uuid.UUID, enough: asyncio.Event) -> int:
    """Announce one change after the other until it is enough; returns how many there were."""
    announcer = RedisAnnouncer(settings.redis)
    database = Database(settings.database, announcer)

    async def change(number: int, status: str) -> None:
        changed = MeetingChanged(
            meeting_id=meeting_id, project_id=uuid.UUID(int=1), status=status, title=str(number)
        )
        async with database.transaction() as session:
            announce_after_commit(session, changed)

    number = 0
    try:
        for number, status in enumerate(itertools.cycle(STATUSES)):
            await change(number, status)
            if enough.is_set():
                break
            await asyncio.sleep(0.01)
        await change(number + 1, LAST)
    finally:
        await database.close()
        await announcer.close()
    return number + 2


async def test_clients_that_are_moved_by_kills_see_every_status_change_exactly_once(
    living: LivingStack,
) -> None:
    meeting_id, enough = uuid.uuid4(), asyncio.Event()
    with living.client() as signed_in:
        token = signed_in.headers["Authorization"]
    async with asyncio.timeout(PATIENCE_S * 4), Instances(living) as instances:
        watchers = [kind(instances, meeting_id, token) for kind in (StreamWatcher, SocketWatcher)]
        watching = [asyncio.create_task(watcher.watch()) for watcher in watchers]
        async with asyncio.timeout(PATIENCE_S):
            while not all(watcher.connections for watcher in watchers):
                await asyncio.sleep(0.02)
        changing = asyncio.create_task(change_all_the_time(living.settings, meeting_id, enough))
        for killed_before in range(KILLS):
            wanted = [len(watcher.seen) + SEEN_BETWEEN_KILLS for watcher in watchers]
            while any(len(watcher.seen) < count for watcher, count in zip(watchers, wanted, strict=True)):
                await asyncio.sleep(0.02)
            killed = instances.kill_first()
            if killed_before < KILLS - 1:
                await instances.start(killed)
        enough.set()
        changes = await changing
        await asyncio.gather(*watching)
    statuses = itertools.chain(itertools.islice(itertools.cycle(STATUSES), changes - 1), [LAST])
    told = [(str(number), status) for number, status in enumerate(statuses)]
    for watcher in watchers:
        assert watcher.seen == told
        assert watcher.connections > KILLS
