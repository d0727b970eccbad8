"""API4 and API8: input that is too deep, too large or not text is refused, and never a fault of ours."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.integration

HandIn = Callable[..., Awaitable[dict[str, Any]]]
JSON = {"Content-Type": "application/json"}
DEEP = 40_000
NOBODY = "00000000-0000-0000-0000-000000000000"
HUGE = str(10**400)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("[" * DEEP, id="lists"),
        pytest.param("[" * DEEP + "]" * DEEP, id="lists that end"),
        pytest.param('{"a":' * DEEP, id="objects"),
        pytest.param('{"email": "a@b", "password": ' + "[" * DEEP + "]" * DEEP + "}", id="in a field"),
    ],
)
@pytest.mark.parametrize(("method", "path"), [("POST", "/auth/login"), ("POST", "/projects")])
async def test_deep_json_is_refused(ada: httpx.AsyncClient, method: str, path: str, body: str) -> None:
    response = await ada.request(method, path, content=body, headers=JSON)
    assert response.status_code in {400, 422}


@pytest.mark.parametrize(
    "value", [HUGE, "-" + HUGE, "1e999", "NaN", "Infinity", "1" * 5000], ids=lambda value: value[:9]
)
async def test_numbers_without_measure_are_refused(ada: httpx.AsyncClient, value: str) -> None:
    body = f'{{"name": "Mine", "retention_days": {value}}}'
    assert (await ada.post("/projects", content=body, headers=JSON)).status_code in {400, 422}
    assert (await ada.get("/meetings", params={"limit": value})).status_code == 422


async def test_a_body_that_is_far_too_large_is_refused_before_it_is_read(ada: httpx.AsyncClient) -> None:
    response = await ada.post("/projects", json={"name": "x" * 300_000})
    assert (response.status_code, response.json()["error"]["code"]) == (413, "BODY_TOO_LARGE")


ODD = [
    pytest.param("a\x00b", id="NUL within"),
    pytest.param("\ud800", id="lone surrogate"),
    pytest.param("\ufffe\uffff\u202e", id="noncharacters"),
    pytest.param("x" * 100_000, id="long"),
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/auth/login", {"email": "{}@b", "password": "x"}),
        ("POST", "/auth/login", {"email": "a@b", "password": "{}"}),
        ("POST", "/auth/refresh", {"refresh_token": "{}"}),
        ("POST", "/projects", {"name": "n{}", "description": "{}"}),
        ("PATCH", "/meetings/{meeting}", {"title": "t{}", "notes": "{}", "tags": ["{}"]}),
    ],
    ids=["email", "password", "token", "project", "meeting"],
)
async def test_odd_text_in_a_body_is_cleaned_or_refused(
    ada: httpx.AsyncClient, hand_in: HandIn, method: str, path: str, body: dict[str, Any], odd: str
) -> None:
    if "{meeting}" in path:
        path = f"/meetings/{(await hand_in(ada))['id']}"
    text = json.dumps(body).replace("{}", json.dumps(odd)[1:-1])
    response = await ada.request(method, path, content=text, headers=JSON)
    assert response.status_code < 500
    assert "\\u0000" not in response.text
    assert "\\ud800" not in response.text


@pytest.mark.parametrize("odd", ["a%00b", "%ED%A0%80", "%FF%FE"])
@pytest.mark.parametrize(
    "path",
    [
        "/meetings/{}",
        "/meetings?cursor={}",
        "/meetings?status={}",
        "/audit?subject={}",
        "/projects/{}/audit",
        f"/meetings/{NOBODY}/transcript?format={{}}",
        "/{}",
    ],
)
async def test_odd_text_in_an_address_is_refused_or_found_nothing_by(
    admin: httpx.AsyncClient, path: str, odd: str
) -> None:
    response = await admin.get(path.replace("{}", odd))
    assert response.status_code < 500


HEADERS = (
    b"X-API-Key",
    b"Authorization",
    b"Cookie",
    b"X-Request-ID",
    b"Last-Event-ID",
    b"Range",
    b"If-Match",
)


@pytest.mark.parametrize("value", [b"\xff\xfe", b"Bearer \xe9", b"x" * 8000, b"bytes=9-1"])
async def test_odd_bytes_in_headers_are_no_fault_of_ours(ada: httpx.AsyncClient, value: bytes) -> None:
    headers = [(name, value) for name in HEADERS]
    assert (await ada.get(f"/meetings/{NOBODY}/audio", headers=headers)).status_code == 401
    harmless = [(name, value) for name in HEADERS if name not in {b"X-API-Key", b"Authorization"}]
    assert (await ada.get(f"/meetings/{NOBODY}/audio", headers=harmless)).status_code == 404


@pytest.mark.parametrize("cursor", ["x", "\x00", "AAAA", "e30=", "bnVsbA==", "Wzk5OTk5XQ==", "x" * 2000])
async def test_a_cursor_that_was_never_handed_out_is_refused(ada: httpx.AsyncClient, cursor: str) -> None:
    response = await ada.get("/meetings", params={"cursor": cursor})
    assert response.status_code in {400, 422}


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\windows\\system.ini",
        "/etc/passwd",
        "C:\\boot.ini",
        "a/../../b.wav",
        "....//....//x.wav",
        "%2e%2e%2fx.wav",
        ".",
        "..",
        ".htaccess",
        "nul.wav",
        'a"; filename="evil.html',
        "a\r\nSet-Cookie: stolen=1\r\n.wav",
        "a\x00.wav",
        "\u202egpj.wav",
        "x" * 900 + ".wav",
    ],
)
async def test_a_file_name_is_neither_a_path_nor_a_header(
    ada: httpx.AsyncClient, hand_in: HandIn, name: str
) -> None:
    meeting = await hand_in(ada, name)
    assert not {"/", "\\", "\r", "\n", "\x00"} & set(meeting["filename"])
    assert meeting["filename"] not in {"", ".", ".."}
    response = await ada.get(f"/meetings/{meeting['id']}/audio?rendition=source")
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    disposition = response.headers["Content-Disposition"]
    assert disposition.isprintable()
    assert disposition.count('"') == 2
    assert response.headers["Content-Type"] == "audio/wav"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_title_cannot_break_out_of_the_name_of_a_download(
    ada: httpx.AsyncClient, hand_in: HandIn
) -> None:
    meeting = await hand_in(ada, title='x"\r\nSet-Cookie: a=b; filename="evil.html')
    assert "\n" not in meeting["title"]
    response = await ada.get(f"/meetings/{meeting['id']}/transcript?download=true")
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "DEBUG"])
async def test_methods_that_nobody_needs_are_refused(ada: httpx.AsyncClient, method: str) -> None:
    assert (await ada.request(method, "/meetings")).status_code == 405
