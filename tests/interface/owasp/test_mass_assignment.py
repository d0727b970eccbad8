"""API3, properties that are not the caller's to set: a body that names one is refused or has no say."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]
SOMEBODY = "00000000-0000-0000-0000-000000000001"


@pytest.mark.parametrize(
    "smuggled",
    [
        {"project_id": SOMEBODY},
        {"created_by": SOMEBODY},
        {"status": "COMPLETED"},
        {"revision": 7},
        {"id": SOMEBODY},
        {"source_key": "meetings/other/source/a.wav"},
        {"sha256": "0" * 64},
    ],
    ids=lambda smuggled: next(iter(smuggled)),
)
async def test_a_meetings_owner_and_state_are_not_the_patchs_to_set(
    ada: httpx.AsyncClient, hand_in: HandIn, smuggled: dict[str, Any]
) -> None:
    meeting = await hand_in(ada)
    response = await ada.patch(f"/meetings/{meeting['id']}", json={"title": "New", **smuggled})
    assert response.status_code == 422
    now = (await ada.get(f"/meetings/{meeting['id']}")).json()
    assert {name: now[name] for name in ("title", "project_id", "created_by", "status", "revision")} == {
        name: meeting[name] for name in ("title", "project_id", "created_by", "status", "revision")
    }


@pytest.mark.parametrize("smuggled", ["created_by", "status", "id"])
async def test_the_upload_form_takes_no_field_that_is_not_its_own(
    ada: httpx.AsyncClient, wav: bytes, smuggled: str
) -> None:
    response = await ada.post("/meetings", data={smuggled: SOMEBODY}, files={"file": ("a.wav", wav)})
    assert response.status_code == 422


@pytest.mark.parametrize(
    "smuggled",
    [{"role": "owner"}, {"personal_of": SOMEBODY}, {"max_bytes": 1 << 60}, {"id": SOMEBODY}, {"owner": "me"}],
    ids=lambda smuggled: next(iter(smuggled)),
)
async def test_a_project_cannot_be_made_or_changed_with_what_is_not_its_owners_to_say(
    ada: httpx.AsyncClient, smuggled: dict[str, Any]
) -> None:
    assert (await ada.post("/projects", json={"name": "Mine", **smuggled})).status_code == 422
    project_id = (await ada.post("/projects", json={"name": "Mine"})).json()["id"]
    assert (await ada.patch(f"/projects/{project_id}", json={"name": "X", **smuggled})).status_code == 422


@pytest.mark.parametrize(
    "smuggled", [{"created_by": SOMEBODY}, {"project_id": SOMEBODY}, {"key": "sms_mine"}]
)
async def test_a_key_is_made_in_ones_own_name_and_project(
    ada: httpx.AsyncClient, smuggled: dict[str, Any]
) -> None:
    project_id = (await ada.post("/projects", json={"name": "Mine"})).json()["id"]
    body = {"name": "k", "scopes": ["read"], **smuggled}
    assert (await ada.post(f"/projects/{project_id}/keys", json=body)).status_code == 422


async def test_nobody_makes_himself_an_administrator(ada: httpx.AsyncClient) -> None:
    user_id = (await ada.get("/auth/me")).json()["id"]
    assert (await ada.patch(f"/users/{user_id}", json={"role": "admin"})).status_code == 403
    change = {"current_password": "x", "new_password": "another good one", "role": "admin"}
    assert (await ada.post("/auth/change-password", json=change)).status_code == 422
    assert (await ada.get("/auth/me")).json()["role"] == "operator"


async def test_an_account_comes_with_what_its_administrator_said_and_nothing_else(
    admin: httpx.AsyncClient,
) -> None:
    body = {"email": "x@example.org", "password": "long enough for it", "password_hash": "x", "id": SOMEBODY}
    assert (await admin.post("/users", json=body)).status_code == 422


async def test_a_login_takes_a_name_and_a_password_only(client: httpx.AsyncClient) -> None:
    body = {"email": "x@example.org", "password": "x", "role": "admin"}
    assert (await client.post("/auth/login", json=body)).status_code == 422
