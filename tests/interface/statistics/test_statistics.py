"""Totals of the meetings that somebody may see."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from interface.telling import tell
from scribe.db import Database
from scribe.db.models import MeetingStatus

pytestmark = pytest.mark.integration


async def test_statistics_count_what_the_caller_sees(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, admin: httpx.AsyncClient, database: Database
) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=100)
    await tell(database, ada, "a", "b", tags=["red", "blue"], processing_seconds=2.0)
    old: dict[str, Any] = {"processing_seconds": 10.0, "created_at": long_ago}
    first = await tell(database, ada, ("Bob", "a"), tags=["red"], spoken="en-GB", **old)
    await tell(database, ada, duration=30.0, status=MeetingStatus.FAILED)
    await tell(database, bob, "a")
    told = (await ada.get("/statistics")).json()
    assert (told["meetings"], told["audio_seconds"], told["bytes"]) == (3, 60.0, 3000)
    assert told["by_status"] == {"COMPLETED": 2, "FAILED": 1}
    assert told["processing_seconds"] == 12.0
    assert told["real_time_factor"] == {"mean": pytest.approx(12 / 30), "median": pytest.approx(0.1)}
    assert [day["meetings"] for day in told["days"]] == [0] * 29 + [2]
    assert told["days"][-1]["audio_seconds"] == 50.0
    assert [(each["language"], each["meetings"]) for each in told["languages"]] == [("fr", 2), ("en", 1)]
    assert told["tags"] == [{"name": "red", "meetings": 2}, {"name": "blue", "meetings": 1}]
    assert told["speakers"] == [{"name": "Ada", "meetings": 1}, {"name": "Bob", "meetings": 1}]
    assert (await admin.get("/statistics")).json()["meetings"] == 4
    project_id = (await ada.get(f"/meetings/{first}")).json()["project_id"]
    mine = {"project_id": project_id}
    assert (await admin.get("/statistics", params=mine)).json()["meetings"] == 3
    assert (await bob.get("/statistics", params=mine)).json()["meetings"] == 0


async def test_statistics_of_nothing_are_zero(ada: httpx.AsyncClient) -> None:
    told = (await ada.get("/statistics")).json()
    assert (told["meetings"], told["audio_seconds"], told["by_status"]) == (0, 0.0, {})
    assert told["real_time_factor"] == {"mean": None, "median": None}
    assert (told["languages"], told["tags"]) == ([], [])
