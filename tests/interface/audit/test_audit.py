"""Who did what: written down, and shown to those who answer for it."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from scribe.settings import Settings

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]
NEW = {"email": "grace@example.org", "password": "correct horse battery", "name": "Grace"}


async def records(client: httpx.AsyncClient, path: str = "/audit", **asked: Any) -> list[dict[str, Any]]:
    response = await client.get(path, params=asked)
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json()["items"]
    return items


async def test_sign_ins_are_remembered_the_refused_ones_too(
    admin: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    user_id = (await admin.post("/users", json=NEW)).json()["id"]
    wrong = {"email": NEW["email"], "password": "a wrong one"}
    await client.post("/auth/login", json=wrong, headers={"X-Request-ID": "trace-1"})
    await client.post("/auth/login", json={**wrong, "password": NEW["password"]})
    await client.post("/auth/sign-out-everywhere")
    out, entered, refused, created = await records(admin)
    assert [one["action"] for one in (created, refused, entered, out)] == [
        "user_created",
        "login_refused",
        "login",
        "sessions_ended",
    ]
    assert (refused["actor"], refused["subject"], refused["correlation_id"]) == ("nobody", user_id, "trace-1")
    assert (entered["actor"], entered["actor_id"], entered["address"]) == (NEW["email"], user_id, "127.0.0.1")


async def test_what_was_typed_as_an_address_is_kept_only_where_it_is_an_accounts(
    admin: httpx.AsyncClient, client: httpx.AsyncClient
) -> None:
    await admin.post("/users", json=NEW)
    with capture_logs() as logs:
        for email in (NEW["email"], "my-password@oops"):
            refused = await client.post("/auth/login", json={"email": email, "password": "a wrong one"})
            assert refused.status_code == 401
    unknown, known = await records(admin, action="login_refused")
    assert (unknown["subject"], unknown["detail"]) == (None, {"email": None})
    assert known["detail"] == {"email": NEW["email"]}
    assert "login_refused" in str(logs)
    assert "oops" not in str(logs)


async def test_no_secret_is_written_down(admin: httpx.AsyncClient, client: httpx.AsyncClient) -> None:
    user_id = (await admin.post("/users", json=NEW)).json()["id"]
    pair = (await client.post("/auth/login", json={k: NEW[k] for k in ("email", "password")})).json()
    change = {"current_password": NEW["password"], "new_password": "another good password"}
    assert (await client.post("/auth/change-password", json=change)).status_code == 204
    await admin.patch(f"/users/{user_id}", json={"password": "a third good password"})
    written = str(await records(admin))
    assert "password_changed" in written
    for secret in (*change.values(), "a third good password", pair["access_token"], pair["refresh_token"]):
        assert secret not in written


async def test_changes_of_accounts_say_what_changed(admin: httpx.AsyncClient, ada: httpx.AsyncClient) -> None:
    user_id = (await ada.get("/auth/me")).json()["id"]
    await admin.patch(f"/users/{user_id}", json={"role": "viewer"})
    (changed,) = await records(admin, action="user_changed")
    assert changed["subject"] == user_id
    assert changed["detail"] == {"role": "viewer", "new_password": False}
    await admin.delete(f"/users/{user_id}")
    assert len(await records(admin, subject=user_id)) == 2


async def test_an_owner_reads_what_was_done_in_the_project(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, hand_in: HandIn
) -> None:
    meeting = await hand_in(ada)
    await ada.delete(f"/meetings/{meeting['id']}")
    path = f"/projects/{meeting['project_id']}/audit"
    (deleted,) = await records(ada, path, action="meeting_deleted")
    assert deleted["subject"] == meeting["id"]
    assert deleted["detail"]["title"] == meeting["title"]
    assert (await bob.get(path)).status_code == 404


async def test_the_whole_log_is_for_administrators(ada: httpx.AsyncClient) -> None:
    response = await ada.get("/audit")
    assert (response.status_code, response.json()["error"]["code"]) == (403, "ADMINS_ONLY")


async def test_the_log_is_read_a_page_at_a_time(admin: httpx.AsyncClient) -> None:
    for number in range(5):
        await admin.post("/projects", json={"name": f"Project {number}"})
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        asked: dict[str, Any] = {"limit": 2, "action": "project_created"} | (
            {"cursor": cursor} if cursor else {}
        )
        page = (await admin.get("/audit", params=asked)).json()
        seen += [one["detail"]["name"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [f"Project {number}" for number in (4, 3, 2, 1, 0)]
    assert cursor is None


@pytest.mark.parametrize("cursor", ["0", "-1", "x", "9" * 19, "1.5", "\x00"])
async def test_a_cursor_that_was_never_handed_out_is_refused(admin: httpx.AsyncClient, cursor: str) -> None:
    assert (await admin.get("/audit", params={"cursor": cursor})).status_code == 422


async def test_an_address_that_a_stranger_claims_is_not_believed(
    admin: httpx.AsyncClient, client: httpx.AsyncClient, settings: Settings
) -> None:
    assert settings.api.trusted_proxies == []
    body = {"email": "nobody@example.org", "password": "x"}
    await client.post("/auth/login", json=body, headers={"X-Forwarded-For": "192.0.2.7"})
    (refused,) = await records(admin, action="login_refused")
    assert refused["address"] == "127.0.0.1"


class TestBehindAProxy:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        settings.api.trusted_proxies = ["127.0.0.0/8"]
        return settings

    @pytest.mark.parametrize(
        ("told", "address"),
        [("192.0.2.7", "192.0.2.7"), ("10.9.9.9, 192.0.2.7", "192.0.2.7"), ("nonsense", None)],
    )
    async def test_the_address_is_what_the_nearest_proxy_says(
        self, admin: httpx.AsyncClient, client: httpx.AsyncClient, told: str, address: str | None
    ) -> None:
        body = {"email": "nobody@example.org", "password": "x"}
        await client.post("/auth/login", json=body, headers={"X-Forwarded-For": told})
        (refused,) = await records(admin, action="login_refused")
        assert refused["address"] == address
