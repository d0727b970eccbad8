"""What probes and Prometheus read."""

import dataclasses
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import text

from scribe.db import Database
from scribe.queue import EventFeed
from scribe.queue.presence import Presence
from scribe.settings import DatabaseSettings, RedisSettings, Settings
from scribe.storage import ObjectStore
from scribe_api.events.hub import EventHub
from scribe_api.metrics import OPEN_JOBS

pytestmark = pytest.mark.integration

NOBODY = RedisSettings(url="redis://127.0.0.1:1/0")
HandIn = Callable[..., Awaitable[dict[str, Any]]]


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
    async with EventHub.open(feed, NOBODY) as hub:
        app.state.gateway = dataclasses.replace(app.state.gateway, hub=hub)
        response = await ada.get("/events")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "EVENTS_UNAVAILABLE")
    await feed.close()


async def test_a_bucket_that_was_lost_is_made_anew(
    app: FastAPI, client: httpx.AsyncClient, ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    store = app.state.gateway.store
    await store._client.delete_bucket(Bucket=store.bucket)
    assert (await client.get("/health/ready")).status_code == 200
    assert (await hand_in(ada))["status"] == "PENDING"


async def test_a_bucket_that_is_refused_makes_it_unready(app: FastAPI, client: httpx.AsyncClient) -> None:
    s3 = app.state.gateway.settings.s3.model_copy(update={"secret_key": SecretStr("wrong")})
    async with ObjectStore.open(s3) as store:
        app.state.gateway = dataclasses.replace(app.state.gateway, store=store)
        response = await client.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["dependencies"]["s3"] == {"up": False, "problem": "StorageRefused"}


async def test_prometheus_reads_requests_by_template_and_jobs_by_state(
    ada: httpx.AsyncClient, hand_in: HandIn
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


async def test_prometheus_reads_the_rest_while_the_database_is_away(
    app: FastAPI, ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    await hand_in(ada)
    assert "scribe_jobs{" in (await ada.get("/metrics")).text
    nowhere = Database(DatabaseSettings(url="postgresql+asyncpg://nobody:nothing@127.0.0.1:1/none"))
    app.state.gateway = dataclasses.replace(app.state.gateway, database=nowhere)
    response = await ada.get("/metrics")
    await nowhere.close()
    assert response.status_code == 200
    assert "scribe_http_requests_total" in response.text
    assert "scribe_jobs{" not in response.text


async def test_open_jobs_are_counted_in_their_index(database: Database) -> None:
    async with database.transaction() as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await session.scalars(text("EXPLAIN " + str(OPEN_JOBS)))
        assert "uq_jobs_one_open_a_meeting" in "\n".join(plan)


async def test_prometheus_finds_the_metrics_where_it_looks_first(client: httpx.AsyncClient) -> None:
    assert (await client.get("http://scribe/metrics")).status_code == 200
