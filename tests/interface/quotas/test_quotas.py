"""Limits of projects and people: refused before the bytes where possible, told with numbers."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select, update

from circles import found, make_key, my_id, outcome, take_in
from scribe.db import Database
from scribe.db.models import Meeting, Upload, UploadKind, UploadState, Usage
from scribe.settings import Settings

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]
Recording = Callable[..., bytes]


async def limit(admin: httpx.AsyncClient, path: str, **limits: int) -> None:
    response = await admin.put(f"{path}/limits", json=limits)
    assert response.status_code == 200, response.text


async def upload(client: httpx.AsyncClient, body: bytes, **fields: str) -> httpx.Response:
    return await client.post("/meetings", data=fields, files={"file": ("a.wav", body)})


async def test_a_project_holds_so_many_bytes_and_no_more(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient, wav: bytes
) -> None:
    project = (await found(ada))["id"]
    await limit(admin, f"/projects/{project}", max_bytes=2 * len(wav))
    for _ in range(2):
        assert (await upload(ada, wav, project_id=project)).status_code == 201
    refused = await upload(ada, wav, project_id=project)
    assert outcome(refused) == (413, "QUOTA_BYTES_EXCEEDED")
    detail = refused.json()["error"]["detail"]
    assert (detail["whose"], detail["limit"], detail["used"], detail["needed"]) == (
        "this project",
        2 * len(wav),
        2 * len(wav),
        len(wav),
    )
    assert (await upload(ada, wav)).status_code == 201
    (newest, *_) = (await ada.get(f"/meetings?project_id={project}")).json()["items"]
    await ada.delete(f"/meetings/{newest['id']}")
    assert (await upload(ada, wav, project_id=project)).status_code == 201


async def test_a_recording_whose_size_nobody_told_is_refused_before_its_last_byte(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, wav: bytes
) -> None:
    monkeypatch.setattr("scribe_api.meetings.upload.ASKED_EVERY", 1 << 16)
    project = (await found(ada))["id"]
    await limit(admin, f"/projects/{project}", max_upload_bytes=100_000)
    files = {"file": ("a.wav", wav + bytes(10_000_000))}
    form = httpx.Request("POST", "http://scribe", data={"project_id": project}, files=files)
    body, sent = form.read(), []

    async def in_pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 1 << 15):
            sent.append(start)
            yield body[start : start + (1 << 15)]

    headers = {"Content-Type": form.headers["Content-Type"]}
    refused = await ada.post("/meetings", content=in_pieces(), headers=headers)
    assert outcome(refused) == (413, "UPLOAD_TOO_LARGE")
    assert len(sent) < 20


async def test_an_account_holds_so_many_bytes_over_all_projects(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, admin: httpx.AsyncClient, wav: bytes
) -> None:
    project = (await found(ada))["id"]
    await take_in(ada, project, bob, "editor")
    await limit(admin, f"/users/{await my_id(bob)}", max_bytes=len(wav))
    assert (await upload(bob, wav)).status_code == 201
    assert outcome(await upload(bob, wav, project_id=project)) == (413, "QUOTA_BYTES_EXCEEDED")
    assert (await upload(ada, wav, project_id=project)).status_code == 201


async def test_what_a_key_hands_in_counts_for_whoever_made_it(
    ada: httpx.AsyncClient,
    admin: httpx.AsyncClient,
    connect: Callable[..., Awaitable[httpx.AsyncClient]],
    wav: bytes,
) -> None:
    project = (await found(ada))["id"]
    program = await connect({"X-API-Key": (await make_key(ada, project, "upload"))["key"]})
    await limit(admin, f"/users/{await my_id(ada)}", max_bytes=len(wav))
    assert (await upload(program, wav)).status_code == 201
    assert outcome(await upload(program, wav)) == (413, "QUOTA_BYTES_EXCEEDED")


async def test_two_uploads_at_once_cannot_both_take_the_last_room(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient, wav: bytes, database: Database
) -> None:
    project = (await found(ada))["id"]
    await limit(admin, f"/projects/{project}", max_bytes=3 * len(wav))
    answers = await asyncio.gather(*(upload(ada, wav, project_id=project) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [413] * 5
    async with database.transaction() as session:
        assert await session.scalar(select(func.sum(Meeting.size))) == 3 * len(wav)


async def test_resumable_uploads_under_way_take_their_room(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient, wav: bytes, database: Database
) -> None:
    project, ada_id = (await found(ada))["id"], await my_id(ada)
    await limit(admin, f"/projects/{project}", max_bytes=2 * len(wav) + 100)
    async with database.transaction() as session:
        session.add(
            Upload(
                kind=UploadKind.WHOLE,
                state=UploadState.OPEN,
                project_id=uuid.UUID(project),
                created_by=uuid.UUID(ada_id),
                filename="a.wav",
                key="k",
                length=len(wav) + 101,
                part_size=5 * 2**20,
                expires_at=datetime.now(UTC) + timedelta(hours=1),
            )
        )
    assert outcome(await upload(ada, wav, project_id=project)) == (413, "QUOTA_BYTES_EXCEEDED")
    async with database.transaction() as session:
        await session.execute(update(Upload).values(state=UploadState.EXPIRED))
    assert (await upload(ada, wav, project_id=project)).status_code == 201


async def test_minutes_of_the_month_are_used_up_for_good(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient, recording: Recording, database: Database
) -> None:
    project = (await found(ada))["id"]
    await limit(admin, f"/projects/{project}", max_minutes_month=1)
    meeting = (await upload(ada, recording(40), project_id=project)).json()
    await ada.delete(f"/meetings/{meeting['id']}")
    refused = await upload(ada, recording(30), project_id=project)
    assert outcome(refused) == (413, "QUOTA_MINUTES_EXCEEDED")
    assert (await upload(ada, recording(15), project_id=project)).status_code == 201
    async with database.transaction() as session:
        last_month = func.date_trunc("month", func.now(), "UTC") - func.make_interval(0, 0, 0, 0, 0, 0, 1)
        await session.execute(update(Usage).values(created_at=last_month))
    assert (await upload(ada, recording(30), project_id=project)).status_code == 201


async def test_one_recording_may_be_so_long_and_so_large(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient, recording: Recording, wav: bytes
) -> None:
    project = (await found(ada))["id"]
    await limit(admin, f"/projects/{project}", max_duration_s=2)
    assert outcome(await upload(ada, recording(3), project_id=project)) == (413, "QUOTA_DURATION_EXCEEDED")
    await limit(admin, f"/projects/{project}", max_upload_bytes=len(wav) - 1)
    assert outcome(await upload(ada, wav, project_id=project)) == (413, "UPLOAD_TOO_LARGE")


async def test_what_will_not_be_admitted_is_refused_before_its_bytes_flow(
    address: str, ada: httpx.AsyncClient, admin: httpx.AsyncClient
) -> None:
    await limit(admin, f"/users/{await my_id(ada)}", max_bytes=1000)
    url = httpx.URL(address)
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\nRIFF'
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(
        f"POST {url.path}/meetings HTTP/1.1\r\nHost: scribe\r\nContent-Length: {2**30}\r\n"
        f"Authorization: {ada.headers['Authorization']}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode()
        + head
    )
    async with asyncio.timeout(20):
        status = await reader.readline()
        answer = await reader.readuntil(b"QUOTA_BYTES_EXCEEDED")
    writer.close()
    assert status.startswith(b"HTTP/1.1 413")
    assert answer


async def test_a_row_without_limits_has_those_of_the_instance(
    settings: Settings, ada: httpx.AsyncClient, admin: httpx.AsyncClient, wav: bytes
) -> None:
    settings.quotas.max_bytes = 1
    assert outcome(await upload(ada, wav)) == (413, "QUOTA_BYTES_EXCEEDED")
    await limit(admin, f"/users/{await my_id(ada)}", max_bytes=10**6)
    project = (await found(ada))["id"]
    await limit(admin, f"/projects/{project}", max_bytes=10**6)
    assert (await upload(ada, wav, project_id=project)).status_code == 201


async def test_the_use_is_told_with_its_limits(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient, recording: Recording
) -> None:
    project = (await found(ada))["id"]
    await limit(admin, f"/projects/{project}", max_bytes=10**6, max_jobs=2, max_minutes_month=10)
    body = recording(30)
    await upload(ada, body, project_id=project)
    await upload(ada, body)
    of_project = (await ada.get(f"/projects/{project}/usage")).json()
    assert of_project["bytes"] == {"used": len(body), "limit": 10**6}
    assert of_project["minutes_this_month"] == {"used": 0.5, "limit": 10}
    assert of_project["jobs"] == {"running": 0, "waiting": 1, "limit": 2}
    month = datetime.now(UTC).strftime("%Y-%m")
    assert of_project["months"] == [{"month": month, "recordings": 1, "minutes": 0.5, "bytes": len(body)}]
    mine = (await ada.get("/usage")).json()
    assert (mine["bytes"], mine["months"][0]["recordings"]) == ({"used": 2 * len(body), "limit": None}, 2)


@pytest.mark.parametrize("whose", ["project", "user"])
async def test_only_administrators_set_limits(ada: httpx.AsyncClient, whose: str) -> None:
    path = f"/projects/{(await found(ada))['id']}" if whose == "project" else f"/users/{await my_id(ada)}"
    assert outcome(await ada.put(f"{path}/limits", json={"max_bytes": 10**12})) == (403, "ADMINS_ONLY")


@pytest.mark.parametrize(
    "limits",
    [{"max_jobs": 0}, {"max_bytes": -1}, {"max_bytes": 2**63}, {"role": "admin"}, {"max_jobs": 2**31}],
)
async def test_a_limit_that_cannot_be_is_refused(admin: httpx.AsyncClient, limits: dict[str, Any]) -> None:
    response = await admin.put(f"/users/{await my_id(admin)}/limits", json=limits)
    assert outcome(response) == (422, "VALIDATION_ERROR")


async def test_limits_are_replaced_as_a_whole_and_shown_with_the_account(
    ada: httpx.AsyncClient, admin: httpx.AsyncClient
) -> None:
    user = f"/users/{await my_id(ada)}"
    await limit(admin, user, max_bytes=5, max_jobs=1)
    await limit(admin, user, max_jobs=2)
    limits = (await admin.get(user)).json()["limits"]
    assert (limits["max_bytes"], limits["max_jobs"]) == (None, 2)
