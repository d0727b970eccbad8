"""A TCP proxy in front of several instances that cuts connections after so many bytes."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

BLOCK = 16 << 10


@dataclass
class CuttingProxy:
    """Each connection goes to the next instance that lives.

    incidents: after how many bytes from clients, all connections together, the one that carries them is
    cut, and what else is done at that moment to the instance behind it (by its port)
    """

    ports: Sequence[int]
    incidents: list[tuple[int, Callable[[int], None]]]
    port: int = 0
    carried: int = 0
    connections: int = 0
    _following: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self) -> asyncio.Server:
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _connection(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        port, server, to_server = await self._instance()
        back = asyncio.create_task(self._pump(server, to_client))
        self._following.add(back)
        back.add_done_callback(self._following.discard)
        with suppress(OSError):
            while data := await client.read(BLOCK):
                to_server.write(data)
                await to_server.drain()
                self.carried += len(data)
                if self.incidents and self.carried >= self.incidents[0][0]:
                    _, happens = self.incidents.pop(0)
                    happens(port)
                    to_client.transport.abort()
                    to_server.transport.abort()
                    break
        to_server.close()

    async def _instance(self) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter]:
        """The next one that lives; while none does, the client waits, as it would at a load balancer."""
        while True:
            port = self.ports[self.connections % len(self.ports)]
            self.connections += 1
            try:
                return port, *(await asyncio.open_connection("127.0.0.1", port))
            except OSError:
                await asyncio.sleep(0.1)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(BLOCK):
                writer.write(data)
                await writer.drain()
        writer.close()


@contextmanager
def cutting(
    ports: Sequence[int], incidents: list[tuple[int, Callable[[int], None]]]
) -> Iterator[CuttingProxy]:
    """The proxy, served by a thread of its own for the block."""
    proxy = CuttingProxy(ports, incidents)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(proxy.serve(), loop).result(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        for task in asyncio.all_tasks(loop):
            task.cancel()
            with suppress(asyncio.CancelledError):
                loop.run_until_complete(task)
        loop.close()
