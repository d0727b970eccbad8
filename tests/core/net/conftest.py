"""A name server that says what a test wants, and a web server on loopback that it is allowed to reach."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

import pytest

Resolve = Callable[[str, int], object]


@dataclass
class Names:
    """Answers each look-up of a name with its next list of addresses; the last one stays."""

    known: dict[str, list[list[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def resolve(self, host: str, _port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self.known.get(host)
        if not answers:
            raise OSError("no such name")
        return answers.pop(0) if len(answers) > 1 else answers[0]


@dataclass
class Web:
    """A server that answers by path and remembers what it was asked."""

    port: int = 0
    answers: dict[str, bytes] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    finishes: bool = True

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.requests.append(head)
        writer.write(self.answers.get(head.split()[1], b"HTTP/1.1 404 Nothing\r\ncontent-length: 0\r\n\r\n"))
        await writer.drain()
        if not self.finishes:
            await reader.read()  # until the client gives up
        writer.close()


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
async def web() -> AsyncIterator[Web]:
    web = Web()
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0)
    web.port = server.sockets[0].getsockname()[1]
    yield web
    server.close()
    await server.wait_closed()
