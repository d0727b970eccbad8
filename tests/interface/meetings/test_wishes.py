"""What is asked of the engines: checked when it comes in, stored with the meeting, changed before a retry."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]


async def test_every_wish_is_stored_as_the_worker_reads_it(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(
        ada,
        transcriber_model="large-v3",
        diariser_model="community-1",
        languages="fr, en",
        task="translate",
        vocabulary="Grafana\nVéronique  Dupont, Kubernetes\n\n",
        min_speakers="2",
        max_speakers="5",
        smooth_speakers="false",
        options=json.dumps({"faster-whisper": {"beam_size": 5}}),
    )
    assert meeting["options"] == {
        "transcriber_model": "large-v3",
        "diariser_model": "community-1",
        "languages": ["fr", "en"],
        "task": "translate",
        "vocabulary": ["Grafana", "Véronique Dupont", "Kubernetes"],
        "min_speakers": 2,
        "max_speakers": 5,
        "smooth_speakers": False,
        "faster-whisper": {"beam_size": 5},
    }


async def test_empty_wishes_count_as_absent(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    names = ("transcriber_model", "languages", "task", "vocabulary", "min_speakers", "smooth_speakers")
    meeting = await hand_in(ada, **dict.fromkeys(names, ""))
    assert meeting["options"] == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("languages", "french"),
        ("languages", ",".join(["en"] * 21)),
        ("task", "summarise"),
        ("vocabulary", "\n".join(map(str, range(201)))),
        ("vocabulary", "x" * 101),
        ("vocabulary", "\0"),
        ("min_speakers", "0"),
        ("max_speakers", "51"),
        ("smooth_speakers", "perhaps"),
        ("transcriber_model", "../../etc/passwd"),
        ("diariser_model", "/models/mine"),
    ],
)
async def test_a_wish_that_makes_no_sense_is_named(
    ada: httpx.AsyncClient, wav: bytes, field: str, value: str
) -> None:
    response = await ada.post("/meetings", data={field: value}, files={"file": ("a.wav", wav)})
    assert response.status_code == 422
    assert response.json()["error"]["code"] == "VALIDATION_ERROR"
    assert response.json()["error"]["detail"]["fields"][0]["field"].startswith(field)


@pytest.mark.parametrize(
    "fields",
    [
        {"min_speakers": "5", "max_speakers": "2"},
        {"min_speakers": "5", "options": '{"max_speakers": 2}'},
        {"options": '{"languages": 3}'},
    ],
)
async def test_wishes_that_do_not_go_together_are_refused(
    ada: httpx.AsyncClient, wav: bytes, fields: dict[str, str]
) -> None:
    response = await ada.post("/meetings", data=fields, files={"file": ("a.wav", wav)})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "VALIDATION_ERROR")


async def test_wishes_can_be_changed_and_taken_back_and_the_others_stay(
    ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    meeting = await hand_in(ada, transcriber="dummy", languages="fr", options='{"dummy": {"slow": true}}')
    address = f"/meetings/{meeting['id']}"
    changed = await ada.patch(
        address, json={"transcriber": None, "vocabulary": ["Grafana"], "max_speakers": 3}
    )
    assert changed.status_code == 200, changed.text
    assert changed.json()["options"] == {
        "languages": ["fr"],
        "vocabulary": ["Grafana"],
        "max_speakers": 3,
        "dummy": {"slow": True},
    }
    assert changed.json()["title"] == meeting["title"]


async def test_a_change_must_fit_what_is_asked_already(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(ada, max_speakers="2")
    response = await ada.patch(f"/meetings/{meeting['id']}", json={"min_speakers": 3})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "VALIDATION_ERROR")
    unchanged = (await ada.get(f"/meetings/{meeting['id']}")).json()
    assert unchanged["options"] == {"max_speakers": 2}
