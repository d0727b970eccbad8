"""What tests of projects do first: found one, take people in, make a key."""

from typing import Any

import httpx


async def my_id(client: httpx.AsyncClient) -> str:
    return str((await client.get("/auth/me")).json()["id"])


async def my_address(client: httpx.AsyncClient) -> str:
    return str((await client.get("/auth/me")).json()["email"])


async def found(client: httpx.AsyncClient, name: str = "Council", **fields: Any) -> dict[str, Any]:
    """A new project of the client's, as the API tells it."""
    response = await client.post("/projects", json={"name": name, **fields})
    assert response.status_code == 201, response.text
    project: dict[str, Any] = response.json()
    return project


async def take_in(owner: httpx.AsyncClient, project: str, member: httpx.AsyncClient, role: str) -> None:
    """The member's account gets the role in the project."""
    body = {"email": await my_address(member), "role": role}
    response = await owner.post(f"/projects/{project}/members", json=body)
    assert response.status_code == 201, response.text


async def make_key(owner: httpx.AsyncClient, project: str, *scopes: str, **fields: Any) -> dict[str, Any]:
    """A key of the project, as the API tells it this once."""
    body = {"name": "bridge", "scopes": scopes, **fields}
    response = await owner.post(f"/projects/{project}/keys", json=body)
    assert response.status_code == 201, response.text
    key: dict[str, Any] = response.json()
    return key


def outcome(response: httpx.Response) -> tuple[int, str | None]:
    """The status and the code of the error, if it is one."""
    if response.is_success:
        return response.status_code, None
    return response.status_code, response.json()["error"]["code"]
