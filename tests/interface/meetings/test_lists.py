"""Lists of meetings: every filter, every order, and pages that stay right while meetings come in."""

import uuid
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from interface.telling import tell
from scribe.db import Database
from scribe.db.models import MeetingStatus

pytestmark = pytest.mark.integration

LONG_AGO = datetime(2020, 5, 1, 12, tzinfo=UTC)


async def titles(client: httpx.AsyncClient, **params: Any) -> list[str]:
    response = await client.get("/meetings", params=params)
    assert response.status_code == 200, response.text
    return [item["title"] for item in response.json()["items"]]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, ["Réunion", "Weekly", "Bilan"]),
        ({"status": ["FAILED", "PENDING"]}, ["Weekly"]),
        ({"tag": "red"}, ["Weekly", "Bilan"]),
        ({"tag": ["red", "blue"]}, ["Bilan"]),
        ({"speaker": "Bob"}, ["Weekly"]),
        ({"speaker": "bo"}, []),
        ({"language": "fr"}, ["Réunion", "Bilan"]),
        ({"language": "FR-ca"}, ["Réunion", "Bilan"]),
        ({"from": "2020-05-01T12:00:00Z", "to": "2020-05-02"}, ["Bilan"]),
        ({"to": "2020-05-01T14:00:00+02:00"}, []),
        ({"min_duration": 20}, ["Weekly", "Bilan"]),
        ({"min_duration": 20, "max_duration": 20}, ["Weekly"]),
        ({"q": "reun"}, ["Réunion"]),
        ({"q": "weekly red"}, []),
        ({"q": "?"}, ["Réunion", "Weekly", "Bilan"]),
        ({"q": "\u0301"}, ["Réunion", "Weekly", "Bilan"]),
        ({"uploader": str(uuid.uuid4())}, []),
        ({"project_id": str(uuid.uuid4())}, []),
        ({"sort": "oldest"}, ["Bilan", "Weekly", "Réunion"]),
        ({"sort": "title"}, ["Bilan", "Réunion", "Weekly"]),
        ({"sort": "-title"}, ["Weekly", "Réunion", "Bilan"]),
        ({"sort": "duration"}, ["Réunion", "Weekly", "Bilan"]),
        ({"sort": "-duration", "tag": "red"}, ["Bilan", "Weekly"]),
    ],
)
async def test_lists_are_filtered_and_sorted(
    ada: httpx.AsyncClient, database: Database, params: dict[str, Any], found: list[str]
) -> None:
    old: dict[str, Any] = {"tags": ["red", "blue"], "created_at": LONG_AGO}
    await tell(database, ada, "a", "b", "c", title="Bilan", notes="réunion", **old)
    failed: dict[str, Any] = {"status": MeetingStatus.FAILED, "tags": ["red"]}
    await tell(database, ada, ("Bob", "a"), "b", title="Weekly", spoken="en", **failed)
    await tell(database, ada, "a", title="Réunion", spoken="fr-CA")
    assert await titles(ada, **params) == found


async def test_a_list_holds_what_its_project_and_its_uploader_have(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, admin: httpx.AsyncClient, database: Database
) -> None:
    hers = await tell(database, ada, "a", title="hers")
    await tell(database, bob, "a", title="his")
    meeting = (await ada.get(f"/meetings/{hers}")).json()
    assert await titles(admin) == ["his", "hers"]
    assert await titles(admin, project_id=[meeting["project_id"], str(uuid.uuid4())]) == ["hers"]
    assert await titles(admin, uploader=meeting["created_by"]) == ["hers"]
    assert await titles(bob, project_id=meeting["project_id"]) == []


async def test_the_language_asked_for_counts_until_the_spoken_one_is_known(
    ada: httpx.AsyncClient, database: Database
) -> None:
    waiting: dict[str, Any] = {"spoken_language": None, "status": MeetingStatus.PENDING}
    await tell(database, ada, title="asked", language="fr", **waiting)
    await tell(database, ada, title="heard", spoken="en")
    assert await titles(ada, language="fr") == ["asked"]


@pytest.mark.parametrize("sort", ["newest", "oldest", "title", "-title", "duration", "-duration"])
async def test_pages_of_every_order_show_each_meeting_once(
    ada: httpx.AsyncClient, database: Database, sort: str
) -> None:
    made = [await tell(database, ada, *["a"] * (n % 2), title=f"{'ÀaÉeB'[n]}") for n in range(5)]
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2, "sort": sort, "tag": []}
    while True:
        page = (await ada.get("/meetings", params=query)).json()
        seen += [item["id"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert len(seen) == 5
    assert set(seen) == set(made)


@pytest.mark.parametrize("other", [{"sort": "oldest"}, {"status": "FAILED"}, {"q": "a"}])
async def test_a_cursor_of_another_list_is_refused(
    ada: httpx.AsyncClient, database: Database, other: dict[str, str]
) -> None:
    for _ in range(2):
        await tell(database, ada, "a")
    cursor = (await ada.get("/meetings", params={"limit": 1})).json()["next_cursor"]
    assert (await ada.get("/meetings", params={"limit": 2, "cursor": cursor})).status_code == 200
    refused = await ada.get("/meetings", params={"cursor": cursor, **other})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, "CURSOR_INVALID")


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "size"},
        {"from": "yesterday"},
        {"from": "0001-01-01T00:00:00+14:00"},
        {"min_duration": -1},
        {"max_duration": "inf"},
        {"language": "français"},
        {"tag": "a,b"},
        {"project_id": "mine"},
        {"cursor": "x" * 2000},
    ],
)
async def test_a_filter_that_cannot_be_is_refused(ada: httpx.AsyncClient, query: dict[str, Any]) -> None:
    assert (await ada.get("/meetings", params=query)).status_code == 422
