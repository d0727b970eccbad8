"""The same recording handed in twice is told, however it came."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from tus_client import Tus

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("nothing_left")]
HandIn = Callable[..., Awaitable[dict[str, Any]]]


async def test_the_same_recording_again_is_told_and_taken(tus: Tus, hand_in: HandIn, wav: bytes) -> None:
    form = await hand_in(tus.client)
    assert form["duplicates"] == []
    first = await tus.hand_in(wav)
    assert first["duplicates"] == [form["id"]]
    second = await hand_in(tus.client)
    assert second["duplicates"] == [first["meeting_id"], form["id"]]
    assert second["sha256"] == first["sha256"] == form["sha256"]


async def test_what_lies_in_another_project_is_not_told(
    tus: Tus, bob: httpx.AsyncClient, hand_in: HandIn, wav: bytes
) -> None:
    await hand_in(bob)
    assert (await tus.hand_in(wav))["duplicates"] == []
