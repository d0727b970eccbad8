"""What probes and Prometheus read."""

import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from scribe.queue import EventFeed
from scribe.queue.presence import Presence
from scribe.settings import RedisSettings, Settings

pytestmark = pytest.mark.integration

NOBODY = RedisSettings(url="redis://127.0.0.1:1/0")


async def test_a_gateway_whose_servers_answer_is_ready(client: httpx.AsyncClient) -> None:
    response = await client.get("/health/ready")
    assert response.status_code == 200, response.text
    assert response.json()["dependencies"] == {
        name: {"up": True, "problem": None} for name in ("postgres", "redis", "s3")
    }


async def test_live_workers_are_counted(client: httpx.AsyncClient, settings: Settings) -> None:
    presence = Presence(settings.redis)
    await presence.renew("gpu", "here:1")
    response = await client.get("/health/ready")
    await presence.close()
    assert response.json()["workers"] == {"gpu": 1, "scheduler": 0}


async def test_a_server_that_is_away_makes_it_unready_but_not_dead(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    feed = EventFeed(NOBODY)
    app.state.gateway = dataclasses.replace(app.state.gateway, events=feed)
    response = await client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["status"] == "not_ready"
    assert response.json()["dependencies"]["redis"] == {"up": False, "problem": "ConnectionError"}
    assert response.json()["dependencies"]["postgres"]["up"]
    assert (await client.get("/health/live")).json() == {"status": "alive"}
    await feed.close()


async def test_events_without_redis_are_a_503(app: FastAPI, ada: httpx.AsyncClient) -> None:
    feed = EventFeed(NOBODY)
    app.state.gateway = dataclasses.replace(app.state.gateway, events=feed)
    response = await ada.get("/events")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "EVENTS_UNAVAILABLE")
    await feed.close()


async def test_prometheus_reads_requests_by_template_and_jobs_by_state(
    ada: httpx.AsyncClient, hand_in: Callable[..., Awaitable[dict[str, Any]]]
) -> None:
    meeting = await hand_in(ada)
    await ada.get(f"/meetings/{meeting['id']}")
    await ada.get("/nowhere/at/all")
    text = (await ada.get("/metrics")).text
    assert 'scribe_http_requests_total{method="GET",route="/meetings/{meeting_id}",status="200"}' in text
    assert 'route="unmatched",status="404"' in text
    assert 'scribe_jobs{status="QUEUED"} 1.0' in text
    assert meeting["id"] not in text
    assert "scribe_uploaded_bytes_total" in text


async def test_prometheus_finds_the_metrics_where_it_looks_first(client: httpx.AsyncClient) -> None:
    assert (await client.get("http://scribe/metrics")).status_code == 200
