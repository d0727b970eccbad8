"""The script in docs/examples, as it is, against a real server and a real worker."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from recordings import tone
from scribe.queue.presence import Presence
from scribe.settings import REPOSITORY, Settings

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]

SCRIPT = REPOSITORY / "docs/examples/openai_sdk.py"
REQUESTS = 5


@pytest.fixture
def gpu_worker(settings: Settings) -> Iterator[None]:
    """A worker process whose engines make up what they hear."""
    environment = {
        **os.environ,
        "SCRIBE_DATABASE__URL": settings.database.url.get_secret_value(),
        "SCRIBE_REDIS__URL": settings.redis.url.get_secret_value(),
        "SCRIBE_S3__ENDPOINT": settings.s3.endpoint,
        "SCRIBE_S3__BUCKET": settings.s3.bucket,
        "SCRIBE_S3__ACCESS_KEY": settings.s3.access_key.get_secret_value(),
        "SCRIBE_S3__SECRET_KEY": settings.s3.secret_key.get_secret_value(),
        "SCRIBE_AUTH__SECRET": settings.auth.secret.get_secret_value(),
        "SCRIBE_STACK__VOLUMES": str(settings.stack.volumes),
        "SCRIBE_ENGINES__TRANSCRIBER": "dummy",
        "SCRIBE_ENGINES__DIARISER": "dummy",
        "SCRIBE_LOG__LEVEL": "WARNING",
    }
    process = subprocess.Popen([sys.executable, "-m", "scribe_worker.gpu"], env=environment)
    yield
    process.terminate()
    process.wait(60)


@pytest.fixture
async def alive(
    settings: Settings, gpu_worker: None, eventually: Callable[..., Awaitable[None]]
) -> AsyncIterator[None]:
    """Waits until the worker says what it can do."""
    assert gpu_worker is None
    presence = Presence(settings.redis)

    async def says() -> bool:
        return bool(await presence.cards("gpu"))

    await eventually(says, 90)
    yield
    await presence.close()


async def run(base_url: str, key: str, recording: Path) -> str:
    environment = {**os.environ, "OPENAI_BASE_URL": base_url, "OPENAI_API_KEY": key}
    process = await asyncio.create_subprocess_exec(
        sys.executable, SCRIPT, recording, env=environment, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    return told.decode()


async def test_a_script_for_openais_api_works_when_only_the_base_url_changes(
    alive: None, base_url: str, key_for: Any, ada: httpx.AsyncClient, tmp_path: Path
) -> None:
    assert alive is None
    recording = tmp_path / "meeting.wav"
    recording.write_bytes(tone(12))
    told = await run(base_url, await key_for("upload", "read"), recording)
    assert told.count("this is not what was said") >= 3
    assert "00:00:00,000 --> " in told
    assert "   0.00  Speaker 1: " in told
    meetings = (await ada.get("/meetings")).json()["items"]
    assert [meeting["status"] for meeting in meetings] == ["COMPLETED"] * REQUESTS
