"""Heads of requests that are too large, or that never come."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import uvicorn
from starlette.responses import PlainTextResponse

from scribe_api.defence.slow_headers import LARGEST_HEAD, BoundedHttp

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Dial = Callable[[], Awaitable[Connection]]
REQUEST = b"GET / HTTP/1.1\r\nHost: scribe\r\n\r\n"


class Hasty(BoundedHttp):
    head_within_s = 0.2


@pytest.fixture
async def dial() -> AsyncIterator[Dial]:
    config = uvicorn.Config(
        PlainTextResponse("hello"), port=0, http=Hasty, lifespan="off", log_config=None, access_log=False
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    opened: list[asyncio.StreamWriter] = []

    async def connect() -> Connection:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        opened.append(writer)
        return reader, writer

    yield connect
    for writer in opened:
        writer.close()
    server.should_exit = True
    await serving


async def answer(connection: Connection, sent: bytes) -> bytes:
    reader, writer = connection
    writer.write(sent)
    return await reader.readuntil(b"\r\n")


async def test_an_ordinary_request_is_served_and_its_connection_may_rest(dial: Dial) -> None:
    connection = await dial()
    assert b"200" in await answer(connection, REQUEST)
    await connection[0].readuntil(b"hello")
    await asyncio.sleep(2 * Hasty.head_within_s)
    assert b"200" in await answer(connection, REQUEST)


@pytest.mark.parametrize("sent", [b"", b"GET", b"GET / HTTP/1.1\r\nHost: scribe\r\nX-Slow: "])
async def test_a_head_that_does_not_come_ends_the_connection(dial: Dial, sent: bytes) -> None:
    reader, writer = await dial()
    writer.write(sent)
    assert await reader.read() == b""


async def test_a_second_head_that_drips_ends_the_connection_too(dial: Dial) -> None:
    connection = await dial()
    await answer(connection, REQUEST)
    connection[1].write(b"GET / HT")
    assert (await connection[0].read()).endswith(b"hello")


@pytest.mark.parametrize(
    "head",
    [b"GET /" + b"a" * (LARGEST_HEAD + 1), b"GET / HTTP/1.1\r\nX-Long: " + b"a" * (LARGEST_HEAD + 1)],
    ids=["address", "header"],
)
async def test_a_head_that_is_too_large_is_refused(dial: Dial, head: bytes) -> None:
    assert b"431" in await answer(await dial(), head)


async def test_too_many_headers_are_refused(dial: Dial) -> None:
    many = b"".join(b"X-%d: 1\r\n" % number for number in range(101))
    assert b"400" in await answer(await dial(), b"GET / HTTP/1.1\r\n" + many + b"\r\n")
