"""What people change of their own account."""

import httpx
import pytest

pytestmark = pytest.mark.integration


async def test_the_name_is_mine_to_change(ada: httpx.AsyncClient) -> None:
    response = await ada.patch("/auth/me", json={"name": "  Ada\tLovelace "})
    assert response.status_code == 200, response.text
    assert response.json()["name"] == "Ada Lovelace"
    assert (await ada.get("/auth/me")).json()["name"] == "Ada Lovelace"


async def test_the_audit_log_tells_of_it(ada: httpx.AsyncClient, admin: httpx.AsyncClient) -> None:
    me = (await ada.patch("/auth/me", json={"name": "Ada"})).json()
    (record,) = (await admin.get("/audit", params={"action": "user_changed"})).json()["items"]
    assert (record["actor"], record["subject"], record["detail"]) == (me["email"], me["id"], {"name": "Ada"})


@pytest.mark.parametrize(
    "body", [{}, {"name": None}, {"name": "x" * 201}, {"name": "Ada", "role": "admin"}], ids=str
)
async def test_nothing_else_is(ada: httpx.AsyncClient, body: dict[str, str]) -> None:
    assert (await ada.patch("/auth/me", json=body)).status_code == 422
    assert (await ada.get("/auth/me")).json()["role"] == "operator"
