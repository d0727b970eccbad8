"""The process itself: it starts, serves, and ends when told to, whoever is still listening."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable

import httpx
import pytest

from loopback_ports import reserve
from scribe.settings import Settings

pytestmark = pytest.mark.integration


async def test_a_server_ends_at_once_although_somebody_follows_its_events(
    settings: Settings, ada: httpx.AsyncClient, eventually: Callable[..., Awaitable[None]]
) -> None:
    port = reserve()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "scribe_api", env={**os.environ, **as_environment(settings, port)}
    )
    address = f"http://127.0.0.1:{port}/api/v1"
    async with httpx.AsyncClient(base_url=address, headers=ada.headers, timeout=30) as client:

        async def is_up() -> bool:
            try:
                return (await client.get("/health/ready")).status_code == 200
            except httpx.TransportError:
                return False

        try:
            await eventually(is_up, seconds=60)
            async with client.stream("GET", "/events") as response:
                assert response.status_code == 200
                process.send_signal(signal.SIGTERM)
                async with asyncio.timeout(30):
                    async for _ in response.aiter_bytes():
                        pass
                    assert await process.wait() == -signal.SIGTERM
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def as_environment(settings: Settings, port: int) -> dict[str, str]:
    return {
        "SCRIBE_ENV": "development",
        "SCRIBE_API__PORT": str(port),
        "SCRIBE_DATABASE__URL": settings.database.url.get_secret_value(),
        "SCRIBE_REDIS__URL": settings.redis.url.get_secret_value(),
        "SCRIBE_S3__ENDPOINT": settings.s3.endpoint,
        "SCRIBE_S3__BUCKET": settings.s3.bucket,
        "SCRIBE_S3__ACCESS_KEY": settings.s3.access_key.get_secret_value(),
        "SCRIBE_S3__SECRET_KEY": settings.s3.secret_key.get_secret_value(),
        "SCRIBE_AUTH__SECRET": settings.auth.secret.get_secret_value(),
    }
