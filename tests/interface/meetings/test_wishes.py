"""What is asked of the engines: checked when it comes in, stored with the meeting, changed before a retry."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from scribe.db import Database
from scribe.db.models import Meeting

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]


async def test_every_wish_is_stored_as_the_worker_reads_it(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(
        ada,
        transcriber_model="large-v3",
        diariser_model="community-1",
        languages="fr, en",
        task="translate",
        vocabulary="Grafana\r\nDupont,  Véronique\r\n \r\n",
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
        "vocabulary": ["Grafana", "Dupont, Véronique"],
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
        ("min_speakers", "0"),
        ("max_speakers", "51"),
        ("smooth_speakers", "perhaps"),
        ("transcriber_model", "../../etc/passwd"),
        ("diariser_model", "/models/mine"),
        ("transcriber", "no such thing!"),
        ("options", '{"title": "x"}'),
        ("options", '{"beam_size": 5}'),
        ("options", '{"dummy": null}'),
        ("options", '{"no such thing!": {}}'),
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
        {"speakers": "1", "min_speakers": "2"},
        {"speakers": "5", "max_speakers": "4"},
        {"language": "de", "languages": "fr,en"},
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


@pytest.mark.parametrize(
    ("stored", "change"),
    [
        ({"max_speakers": "2"}, {"min_speakers": 3}),
        ({"max_speakers": "2"}, {"speakers": 3}),
        ({"speakers": "3"}, {"min_speakers": 4}),
        ({"languages": "fr,en"}, {"language": "de"}),
        ({"language": "de"}, {"languages": ["fr", "en"]}),
    ],
)
async def test_a_change_must_fit_what_is_asked_already(
    ada: httpx.AsyncClient, hand_in: HandIn, stored: dict[str, str], change: dict[str, Any]
) -> None:
    address = f"/meetings/{(await hand_in(ada, **stored))['id']}"
    meeting = (await ada.get(address)).json()
    response = await ada.patch(address, json=change)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "VALIDATION_ERROR")
    assert (await ada.get(address)).json() == meeting


@pytest.mark.parametrize(
    "fields",
    [
        {"speakers": "3", "min_speakers": "3", "max_speakers": "3"},
        {"language": "EN-gb", "languages": "fr,en"},
    ],
)
async def test_wishes_that_say_the_same_twice_go_together(
    ada: httpx.AsyncClient, hand_in: HandIn, fields: dict[str, str]
) -> None:
    assert (await hand_in(ada, **fields))["status"] == "PENDING"


async def test_wishes_that_contradict_one_another_are_mended_in_one_change(
    ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    meeting = await hand_in(ada, language="de", speakers="3")
    change = {"language": None, "languages": ["fr", "en"], "max_speakers": 2, "speakers": 2}
    changed = (await ada.patch(f"/meetings/{meeting['id']}", json=change)).json()
    assert (changed["language"], changed["speakers"]) == (None, 2)
    assert changed["options"] == {"languages": ["fr", "en"], "max_speakers": 2}


@pytest.mark.parametrize(
    ("value", "terms"),
    [
        ("Grafana, Kubernetes,, ", ["Grafana", "Kubernetes"]),
        ("Dupont, Véronique\nGrafana", ["Dupont, Véronique", "Grafana"]),
        ("Dupont, Véronique\n", ["Dupont, Véronique"]),
        ("Grafana\n \n\0\n", ["Grafana"]),
    ],
)
async def test_a_comma_parts_terms_only_where_they_stand_on_one_line(
    ada: httpx.AsyncClient, hand_in: HandIn, value: str, terms: list[str]
) -> None:
    assert (await hand_in(ada, vocabulary=value))["options"] == {"vocabulary": terms}


async def test_blank_terms_of_a_list_are_left_out(ada: httpx.AsyncClient, hand_in: HandIn) -> None:
    meeting = await hand_in(ada)
    change = {"vocabulary": ["", "Dupont, Véronique", " "]}
    changed = await ada.patch(f"/meetings/{meeting['id']}", json=change)
    assert changed.json()["options"] == {"vocabulary": ["Dupont, Véronique"]}


async def test_an_engine_may_have_capital_letters_in_its_name(
    ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    options = {"NeMo": {"beam_size": 5}}
    meeting = await hand_in(ada, transcriber="NeMo", diariser="NeMo", options=json.dumps(options))
    assert meeting["options"] == {"transcriber": "NeMo", "diariser": "NeMo", **options}


@pytest.mark.parametrize(
    ("options", "engines"),
    [
        ({"faster-whisper": {"beam_size": 2}}, {"faster-whisper": {"beam_size": 2}}),
        ({}, {}),
        (None, {}),
    ],
)
async def test_wrong_options_are_replaced_or_taken_back_and_the_wishes_stay(
    ada: httpx.AsyncClient, hand_in: HandIn, options: dict[str, Any] | None, engines: dict[str, Any]
) -> None:
    meeting = await hand_in(
        ada, language="fr", task="translate", options='{"faster-whisper": {"bean_size": 5}, "dummy": {}}'
    )
    changed = await ada.patch(f"/meetings/{meeting['id']}", json={"options": options})
    assert changed.status_code == 200, changed.text
    assert changed.json()["options"] == {"task": "translate", **engines}
    assert changed.json()["language"] == "fr"


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ('{"title": "x"}', "title is a field beside the options, not the name of an engine"),
        ('{"vocabulary": {}}', "vocabulary is a field beside the options, not the name of an engine"),
        ('{"file": {}}', "file is a field beside the options, not the name of an engine"),
        ('{"beam_size": 5}', "valid dictionary"),
        ('{"dummy": {"a": NaN}}', "not JSON compliant"),
        ('{"dummy": {"a": 1e999}}', "not JSON compliant"),
        ('{"dummy": {"a": "\\u0000"}}', "NUL"),
        ('{"dummy": {"a": "\\ud800"}}', "surrogates not allowed"),
        ('{"\\ud800": {}}', "valid"),
        ("[1]", "valid dictionary"),
        ('"{}"', "valid dictionary"),
    ],
)
async def test_a_change_of_options_is_checked_like_those_handed_in(
    ada: httpx.AsyncClient, hand_in: HandIn, options: str, problem: str
) -> None:
    meeting = await hand_in(ada)
    response = await ada.patch(
        f"/meetings/{meeting['id']}",
        content=f'{{"options": {options}}}',
        headers={"Content-Type": "application/json"},
    )
    assert response.status_code == 422, response.text
    (wrong,) = response.json()["error"]["detail"]["fields"]
    assert "options" in wrong["field"]
    assert problem in wrong["problem"]


async def test_options_that_no_longer_make_sense_are_mended_by_a_change(
    ada: httpx.AsyncClient, hand_in: HandIn, database: Database
) -> None:
    meeting = await hand_in(ada)
    async with database.transaction() as session:
        await session.execute(
            update(Meeting).values(options={"languages": 3, "title": "x", "task": "translate"})
        )
    change = {"languages": None, "options": None}
    changed = await ada.patch(f"/meetings/{meeting['id']}", json=change)
    assert (changed.status_code, changed.json()["options"]) == (200, {"task": "translate"})
