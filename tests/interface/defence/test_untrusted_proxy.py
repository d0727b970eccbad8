"""A proxy that is not trusted makes everybody behind it one visitor: the operator is told, once."""

import httpx
import pytest
from structlog.testing import capture_logs

from scribe.settings import AuthSettings, Settings
from scribe_api.main import create_app

FORWARDED = {"X-Forwarded-For": "192.0.2.7"}


async def warnings(peer: str, headers: dict[str, str], *trusted: str) -> list[str]:
    chosen = Settings(_env_file=None, env="development", auth=AuthSettings(secret="x" * 32))
    chosen.api.trusted_proxies = list(trusted)
    transport = httpx.ASGITransport(create_app(chosen), client=(peer, 1))
    with capture_logs() as logs:
        async with httpx.AsyncClient(transport=transport, base_url="http://scribe") as client:
            for _ in range(3):
                await client.get("/api/v1/health/live", headers=headers)
    return [entry["event"] for entry in logs if entry["log_level"] == "warning"]


@pytest.mark.parametrize("peer", ["127.0.0.1", "::1"])
async def test_a_proxy_on_this_machine_that_is_not_trusted_is_named_once(peer: str) -> None:
    assert await warnings(peer, FORWARDED) == ["proxy_not_trusted"]


@pytest.mark.parametrize(
    ("peer", "headers", "trusted"),
    [
        pytest.param("127.0.0.1", FORWARDED, ["127.0.0.1"], id="trusted"),
        pytest.param("203.0.113.1", FORWARDED, [], id="a stranger's claim"),
        pytest.param("127.0.0.1", {}, [], id="no proxy"),
    ],
)
async def test_nothing_is_said_without_one(peer: str, headers: dict[str, str], trusted: list[str]) -> None:
    assert await warnings(peer, headers, *trusted) == []
