"""What the gateway costs: 1 GiB as a form and by tus, straight to S3, and through Starlette's UploadFile.

The API runs as a process of its own on a database of its own, so that no worker begins to convert what was
uploaded while the next upload is measured; S3 is the running stack's. Rates count from the first byte sent
to the answer, the probe of the recording included, in 10^6 bytes a second.
"""

import asyncio
import http.client
import itertools
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import uvloop

from bench.measuring.account import bench_account
from bench.measuring.own_api import environment_of, own_api, running, until_answering
from bench.measuring.watch import Watch
from loopback_ports import reserve
from scribe.settings import Settings, get_settings
from scribe.storage import ObjectStore

SIZE = 1 << 30
WARM_UP = 1 << 20
ROUNDS = 3
BLOCK = 1 << 20
PATCH_BYTES = 64 << 20
"""As Uppy and others send large files: eight S3 parts a request."""
MIB = 1 << 20
GOAL_RATIO, GOAL_GROWTH_MIB = 0.9, 48
DIRECT_KEY = "bench/direct"
PEER = Path(__file__).parent / "peers" / "uploadfile.py"
BOUNDARY = "scribe-bench-boundary"
NOISE = secrets.token_bytes(BLOCK)


def bench() -> dict[str, float]:
    """The figures by name."""
    return uvloop.run(measure(get_settings()))


def ok(figures: dict[str, float]) -> bool:
    """The gateway is nearly as fast as S3 itself, keeps little in memory and nothing on disk."""
    return (
        figures["gateway_over_direct"] >= GOAL_RATIO
        and figures["memory_growth_mib"] < GOAL_GROWTH_MIB
        and figures["temp_files"] == 0
    )


async def measure(settings: Settings) -> dict[str, float]:
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(own_api(settings))
        account = await stack.enter_async_context(bench_account(api.settings))
        store = await stack.enter_async_context(ObjectStore.open(settings.s3))
        gateway = Target(f"{account.base_url}/meetings", account.headers)
        await remove(gateway, meeting_of(await asyncio.to_thread(send, gateway, WARM_UP)))
        direct_rates: list[float] = []
        gateway_rates: list[float] = []
        tus_rates: list[float] = []
        with Watch(api.process, api.temp) as watch:
            for _ in range(ROUNDS):
                direct_rates.append(await direct(store))
                with watch.watching(), timed(gateway_rates):
                    answer = await asyncio.to_thread(send, gateway, SIZE)
                await remove(gateway, meeting_of(answer))
                with watch.watching(), timed(tus_rates):
                    meeting_id = await asyncio.to_thread(send_by_tus, account.base_url, account.headers)
                await remove(gateway, meeting_id)
        peer_rate = await uploadfile(settings)
    direct_mb_s, gateway_mb_s = statistics.median(direct_rates), statistics.median(gateway_rates)
    tus_mb_s = statistics.median(tus_rates)
    return {
        "gateway_mb_s": gateway_mb_s,
        "direct_mb_s": direct_mb_s,
        "uploadfile_mb_s": peer_rate,
        "tus_mb_s": tus_mb_s,
        "tus_over_gateway": tus_mb_s / gateway_mb_s,
        "gateway_over_direct": gateway_mb_s / direct_mb_s,
        "memory_growth_mib": watch.growth_bytes / MIB,
        "temp_files": float(len(watch.files)),
    }


def payload(size: int) -> Iterator[bytes]:
    """A WAV recording of noise: 48 kHz, 16 bit, stereo, ``size`` bytes with its header."""
    header = b"RIFF" + (size - 8).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    header += bytes.fromhex("0100 0200 80bb0000 00ee0200 0400 1000")
    header += b"data" + (size - 44).to_bytes(4, "little")
    yield header + NOISE[len(header) :]
    for _ in range(size // BLOCK - 1):
        yield NOISE


@contextmanager
def timed(rates: list[float]) -> Iterator[None]:
    began = time.perf_counter()
    yield
    rates.append(SIZE / 1e6 / (time.perf_counter() - began))


async def direct(store: ObjectStore) -> float:
    async def chunks() -> AsyncIterator[bytes]:
        for block in payload(SIZE):
            yield block

    rates: list[float] = []
    with timed(rates):
        await store.put_stream(DIRECT_KEY, chunks(), content_type="audio/wav")
    await store.delete(DIRECT_KEY)
    return rates[0]


@dataclass(frozen=True)
class Target:
    """Where a form is posted."""

    url: str
    headers: dict[str, str]


def send(target: Target, size: int) -> bytes:
    """Post the payload as a form's file over a plain socket, which costs the client next to nothing."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="bench.wav"\r\n'
        "Content-Type: audio/wav\r\n\r\n"
    ).encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    url = urlsplit(target.url)
    connection = http.client.HTTPConnection(url.netloc, timeout=300)
    connection.putrequest("POST", url.path)
    for name, value in target.headers.items():
        connection.putheader(name, value)
    connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
    connection.putheader("Content-Length", str(len(head) + size + len(tail)))
    connection.endheaders(head)
    for block in payload(size):
        connection.send(block)
    connection.send(tail)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status != http.client.CREATED:
        raise RuntimeError(f"{target.url} answered {answer.status}: {body.decode()}")
    return body


def send_by_tus(base_url: str, headers: dict[str, str]) -> str:
    """Upload the payload in requests of PATCH_BYTES, over one connection; the id of the meeting."""
    url = urlsplit(base_url)
    connection = http.client.HTTPConnection(url.netloc, timeout=300)
    told = {**headers, "Tus-Resumable": "1.0.0"}
    connection.request("POST", f"{url.path}/uploads", headers={**told, "Upload-Length": str(SIZE)})
    address = read(connection, http.client.CREATED).headers["Location"]
    told["Content-Type"] = "application/offset+octet-stream"
    blocks = payload(SIZE)
    for offset in range(0, SIZE, PATCH_BYTES):
        body = itertools.islice(blocks, PATCH_BYTES // BLOCK)
        size = {"Upload-Offset": str(offset), "Content-Length": str(PATCH_BYTES)}
        connection.request("PATCH", address, body=body, headers={**told, **size})
        answer = read(connection, http.client.NO_CONTENT)
    connection.close()
    return answer.headers["Upload-Meeting"]


def read(connection: http.client.HTTPConnection, expected: int) -> http.client.HTTPResponse:
    """The answer, with its body read."""
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != expected:
        raise RuntimeError(f"answered {answer.status}: {body.decode()}")
    return answer


def meeting_of(answer: bytes) -> str:
    """The id of the meeting that the answer describes."""
    return str(httpx.Response(201, content=answer).json()["id"])


async def remove(gateway: Target, meeting_id: str) -> None:
    async with httpx.AsyncClient(headers=gateway.headers, timeout=60) as client:
        (await client.delete(f"{gateway.url}/{meeting_id}")).raise_for_status()


async def uploadfile(settings: Settings) -> float:
    port = reserve()
    with tempfile.TemporaryDirectory() as temp:
        environment = {**environment_of(settings), "TMPDIR": temp}
        with running([sys.executable, str(PEER), str(port)], environment):
            await until_answering(f"http://127.0.0.1:{port}/")
            rates: list[float] = []
            with timed(rates):
                await asyncio.to_thread(send, Target(f"http://127.0.0.1:{port}/", {}), SIZE)
    return rates[0]
