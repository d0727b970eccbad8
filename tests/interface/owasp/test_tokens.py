"""API2, broken authentication: what is not a good token of ours opens nothing, on the wire."""

import base64
import json
import time
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from jose import jwt
from sqlalchemy import update

from scribe.db import Database
from scribe.db.models import ApiKey
from scribe.settings import Settings

pytestmark = pytest.mark.integration

Connect = Callable[..., Awaitable[httpx.AsyncClient]]
HandIn = Callable[..., Awaitable[dict[str, Any]]]


def part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def claims_of(token: str) -> dict[str, Any]:
    claims: dict[str, Any] = jwt.get_unverified_claims(token)
    return claims


def without_signature(token: str, _: Settings) -> str:
    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims_of(token))}."


def with_its_signature_cut(token: str, _: Settings) -> str:
    return token.rpartition(".")[0] + "."


def called_unsigned(token: str, _: Settings) -> str:
    return f"{part({'alg': 'nOnE', 'typ': 'JWT'})}.{part(claims_of(token))}.{token.rpartition('.')[2]}"


def by_another_algorithm(token: str, settings: Settings) -> str:
    return str(jwt.encode(claims_of(token), settings.auth.secret.get_secret_value(), algorithm="HS512"))


def by_another_secret(token: str, _: Settings) -> str:
    return str(jwt.encode(claims_of(token), "x" * 32, algorithm="HS256"))


def changed(token: str, settings: Settings, **changes: Any) -> str:
    claims = {**claims_of(token), **changes}
    return str(jwt.encode(claims, settings.auth.secret.get_secret_value(), algorithm="HS256"))


def for_another_audience(token: str, settings: Settings) -> str:
    return changed(token, settings, aud="elsewhere")


def as_a_refresh_token(token: str, settings: Settings) -> str:
    return changed(token, settings, typ="refresh")


def of_somebody_else(token: str, settings: Settings) -> str:
    return changed(token, settings, sub=str(uuid.uuid4()))


def of_another_session(token: str, settings: Settings) -> str:
    return changed(token, settings, sid=str(uuid.uuid4()))


def tampered(token: str, _: Settings) -> str:
    head, claims, signature = token.split(".")
    content = json.loads(base64.urlsafe_b64decode(claims + "=="))
    return f"{head}.{part({**content, 'exp': content['exp'] + 1})}.{signature}"


@pytest.mark.parametrize(
    "forge",
    [
        without_signature,
        with_its_signature_cut,
        called_unsigned,
        by_another_algorithm,
        by_another_secret,
        for_another_audience,
        as_a_refresh_token,
        of_somebody_else,
        of_another_session,
        tampered,
    ],
)
async def test_a_token_that_is_not_ours_is_refused(
    ada: httpx.AsyncClient, connect: Connect, settings: Settings, forge: Callable[[str, Settings], str]
) -> None:
    token = ada.headers["Authorization"].removeprefix("Bearer ")
    assert (await ada.get("/auth/me")).status_code == 200
    thief = await connect({"Authorization": f"Bearer {forge(token, settings)}"})
    response = await thief.get("/auth/me")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "TOKEN_INVALID")


def nested(depth: int) -> str:
    head = base64.urlsafe_b64encode(b"[" * depth).rstrip(b"=").decode()
    return f"{head}.e30.x"


@pytest.mark.parametrize("depth", [1200, 3000, 20_000])
async def test_a_token_that_is_nested_without_end_is_refused(connect: Connect, depth: int) -> None:
    stranger = await connect({"Authorization": f"Bearer {nested(depth)}"})
    response = await stranger.get("/auth/me")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "TOKEN_INVALID")


@pytest.mark.parametrize("depth", [1200, 3000])
async def test_a_device_that_is_nested_without_end_does_not_tell_which_accounts_there_are(
    admin: httpx.AsyncClient, connect: Connect, depth: int
) -> None:
    await admin.post("/users", json={"email": "grace@example.org", "password": "correct horse battery"})
    stranger = await connect({"Cookie": f"scribe_device={nested(depth)}", "Sec-Fetch-Site": "same-origin"})
    answers = [
        await stranger.post("/auth/login", json={"email": email, "password": "a wrong one"})
        for email in ("grace@example.org", "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [401, 401]


async def test_an_expired_token_is_refused(
    ada: httpx.AsyncClient, connect: Connect, settings: Settings
) -> None:
    token = ada.headers["Authorization"].removeprefix("Bearer ")
    late = await connect({"Authorization": f"Bearer {changed(token, settings, exp=int(time.time()) - 1)}"})
    response = await late.get("/auth/me")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "TOKEN_EXPIRED")


async def test_a_refresh_token_is_no_access_token(connect: Connect, admin: httpx.AsyncClient) -> None:
    new = {"email": "grace@example.org", "password": "correct horse battery"}
    await admin.post("/users", json=new)
    program = await connect()
    refresh = (await program.post("/auth/login", json=new)).json()["refresh_token"]
    program.cookies.clear()
    response = await program.get("/auth/me", headers={"Authorization": f"Bearer {refresh}"})
    assert response.status_code == 401


@pytest.fixture
async def meeting(ada: httpx.AsyncClient, hand_in: HandIn) -> dict[str, Any]:
    return await hand_in(ada)


async def key_of(ada: httpx.AsyncClient, meeting: dict[str, Any], *scopes: str) -> dict[str, Any]:
    response = await ada.post(
        f"/projects/{meeting['project_id']}/keys", json={"name": "phone", "scopes": list(scopes)}
    )
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


@pytest.mark.parametrize(
    "ended", [{"expires_at": datetime.now(UTC) - timedelta(seconds=1)}, {"revoked_at": datetime.now(UTC)}]
)
async def test_a_key_that_has_expired_or_was_revoked_is_refused(
    ada: httpx.AsyncClient,
    connect: Connect,
    database: Database,
    meeting: dict[str, Any],
    ended: dict[str, datetime],
) -> None:
    made = await key_of(ada, meeting, "read")
    program = await connect({"X-API-Key": made["key"]})
    assert (await program.get(f"/meetings/{meeting['id']}")).status_code == 200
    async with database.transaction() as session:
        await session.execute(update(ApiKey).where(ApiKey.id == uuid.UUID(made["id"])).values(**ended))
    response = await program.get(f"/meetings/{meeting['id']}")
    assert (response.status_code, response.json()["error"]["code"]) == (401, "API_KEY_INVALID")


@pytest.mark.parametrize(
    ("scope", "method", "path"),
    [
        ("upload", "GET", ""),
        ("read", "PATCH", ""),
        ("edit", "DELETE", ""),
        ("delete", "POST", "/retry"),
        ("upload", "GET", "/transcript"),
    ],
)
async def test_a_key_with_too_small_a_scope_is_refused(
    ada: httpx.AsyncClient, connect: Connect, meeting: dict[str, Any], scope: str, method: str, path: str
) -> None:
    program = await connect({"X-API-Key": (await key_of(ada, meeting, scope))["key"]})
    body = {"title": "Mine now"} if method == "PATCH" else None
    response = await program.request(method, f"/meetings/{meeting['id']}{path}", json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (403, "SCOPE_TOO_SMALL")


async def test_a_key_is_no_way_to_more_keys(
    ada: httpx.AsyncClient, connect: Connect, meeting: dict[str, Any]
) -> None:
    program = await connect({"X-API-Key": (await key_of(ada, meeting, "read", "edit", "delete"))["key"]})
    response = await program.post(
        f"/projects/{meeting['project_id']}/keys", json={"name": "more", "scopes": ["upload"]}
    )
    assert (response.status_code, response.json()["error"]["code"]) == (403, "PERSON_REQUIRED")
