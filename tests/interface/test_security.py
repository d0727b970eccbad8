"""Tokens: what is taken and what is not."""

import asyncio
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from jose import jwt

from scribe.settings import AuthSettings
from scribe_api.auth.errors import SignInBusy
from scribe_api.errors import ExpiredToken, InvalidToken
from scribe_api.security import AccessTokens, DeviceTokens, Hashing, hash_password, verify_password

SECRET = "0123456789abcdef0123456789abcdef"
TOKENS = AccessTokens(AuthSettings(secret=SECRET))


def signed(secret: str = SECRET, algorithm: str = "HS256", **changes: Any) -> str:
    now = datetime.now(UTC)
    claims = {
        "sub": str(uuid.uuid4()),
        "sid": str(uuid.uuid4()),
        "typ": "access",
        "aud": "scribe",
        "iat": now,
        "exp": now + timedelta(hours=1),
    }
    claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return jwt.encode(claims, secret, algorithm=algorithm)


def test_a_token_that_was_issued_is_read_back() -> None:
    user_id, family_id = uuid.uuid4(), uuid.uuid4()
    claims = TOKENS.read(TOKENS.issue(user_id, family_id))
    assert (claims.user_id, claims.family_id) == (user_id, family_id)


def test_an_expired_token_is_told_apart() -> None:
    with pytest.raises(ExpiredToken):
        TOKENS.read(signed(exp=int(time.time()) - 1))


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="empty"),
        pytest.param("a.b.c", id="noise"),
        pytest.param(signed(secret="f" * 32), id="another secret"),
        pytest.param(signed(algorithm="HS512"), id="another algorithm"),
        pytest.param(signed(aud="elsewhere"), id="another audience"),
        pytest.param(signed(aud=None), id="no audience"),
        pytest.param(signed(exp=None), id="no expiry"),
        pytest.param(signed(typ=None), id="no type"),
        pytest.param(signed(typ="refresh"), id="another type"),
        pytest.param(signed(sub="nobody"), id="no user"),
        pytest.param(signed(sid=None), id="no session"),
        pytest.param("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", id="unsigned"),
        pytest.param("W1tb" * 400 + ".e30.x", id="nested"),
        pytest.param(signed(more="x" * 3000), id="long"),
    ],
)
def test_a_token_that_is_not_ours_is_invalid(token: str) -> None:
    with pytest.raises(InvalidToken):
        TOKENS.read(token)


async def test_every_character_of_a_long_password_counts() -> None:
    long = "ä" * 100
    hashed = await hash_password(long)
    assert await verify_password(long, hashed)
    assert not await verify_password(long[:-1], hashed)


async def test_nobody_has_any_password() -> None:
    assert not await verify_password("whatever", None)


async def test_passwords_are_checked_few_at_a_time_and_a_flood_is_told_to_come_back() -> None:
    hashing, release = Hashing(threads=1, most_waiting=1), threading.Event()
    inside = [asyncio.create_task(hashing.compute(release.wait)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(SignInBusy):
        await hashing.compute(release.wait)
    release.set()
    assert await asyncio.gather(*inside) == [True, True]
    assert await hashing.compute(release.wait)


def test_a_device_is_known_to_the_account_that_signed_in_there_and_to_no_other() -> None:
    devices, owner = DeviceTokens(AuthSettings(secret=SECRET)), uuid.uuid4()
    token = devices.issue(owner)
    assert devices.read(token, owner)
    assert devices.read(token, uuid.uuid4()) is None
    assert devices.read(TOKENS.issue(owner, uuid.uuid4()), owner) is None
    assert devices.read("nonsense", owner) is None


def test_a_device_token_signs_nobody_in() -> None:
    with pytest.raises(InvalidToken):
        TOKENS.read(DeviceTokens(AuthSettings(secret=SECRET)).issue(uuid.uuid4()))
