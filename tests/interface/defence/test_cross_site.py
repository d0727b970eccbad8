"""Somebody else's web page cannot act with the cookies of whoever looks at it."""

from collections.abc import Awaitable, Callable

import httpx
import pytest

from scribe.settings import Settings

pytestmark = pytest.mark.integration

Connect = Callable[..., Awaitable[httpx.AsyncClient]]
TRUSTED = "https://scribe.example.org"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    settings.api.trusted_origins = [TRUSTED]
    return settings


@pytest.fixture
async def browser(connect: Connect, ada: httpx.AsyncClient) -> httpx.AsyncClient:
    """Ada's, with her cookie and no other credentials."""
    client = await connect()
    client.cookies.set("scribe_access", ada.headers["Authorization"].removeprefix("Bearer "))
    return client


async def answer(client: httpx.AsyncClient, headers: dict[str, str]) -> tuple[int, str]:
    response = await client.post("/meetings/00000000-0000-0000-0000-000000000000/retry", headers=headers)
    return response.status_code, response.json()["error"]["code"]


OURS = [
    pytest.param({"Sec-Fetch-Site": "same-origin"}, id="a page of ours"),
    pytest.param({"Sec-Fetch-Site": "none"}, id="the person herself"),
    pytest.param({"Origin": "http://scribe"}, id="an old browser on a page of ours"),
    pytest.param({"Origin": TRUSTED}, id="a trusted page, old browser"),
    pytest.param({"Origin": TRUSTED, "Sec-Fetch-Site": "same-site"}, id="a trusted page"),
    pytest.param(
        {"Origin": "http://elsewhere:3000", "Sec-Fetch-Site": "same-origin"}, id="a page behind a proxy"
    ),
]
NOT_OURS = [
    pytest.param({"Sec-Fetch-Site": "cross-site"}, id="another site"),
    pytest.param({"Sec-Fetch-Site": "same-site"}, id="a sister"),
    pytest.param({"Sec-Fetch-Site": "nonsense"}, id="nonsense"),
    pytest.param({"Origin": "https://evil.example"}, id="another origin"),
    pytest.param({"Origin": "null"}, id="a sandbox"),
    pytest.param({"Origin": "http://scribe.evil.example"}, id="a name that begins like ours"),
    pytest.param({"Origin": "http://scribe:8080"}, id="another port"),
    pytest.param({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, id="both"),
    pytest.param({"Sec-Fetch-Site": "cross-site", "Authorization": "Basic YTpi"}, id="a password of another"),
    pytest.param({"Sec-Fetch-Site": "cross-site", "Authorization": "Bearer "}, id="no token"),
]


@pytest.mark.parametrize("headers", OURS)
async def test_a_page_of_ours_may_act(browser: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert await answer(browser, headers) == (404, "MEETING_NOT_FOUND")


@pytest.mark.parametrize("headers", NOT_OURS)
async def test_no_other_page_may(browser: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert await answer(browser, headers) == (403, "CSRF_REFUSED")


async def test_cookies_without_a_word_of_where_from_are_refused(browser: httpx.AsyncClient) -> None:
    assert await answer(browser, {}) == (403, "CSRF_REFUSED")


async def test_reading_is_left_to_the_browsers_own_rules(browser: httpx.AsyncClient) -> None:
    response = await browser.get("/auth/me", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("headers", NOT_OURS[:4])
async def test_a_program_with_its_own_credentials_is_asked_nothing(
    ada: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert await answer(ada, headers) == (404, "MEETING_NOT_FOUND")


@pytest.mark.parametrize("headers", NOT_OURS)
async def test_nobody_is_signed_in_by_somebody_elses_page(connect: Connect, headers: dict[str, str]) -> None:
    stranger = await connect()
    body = {"email": "evil@example.org", "password": "x"}
    response = await stranger.post("/auth/login", json=body, headers=headers)
    expected = 401 if "Bearer" in headers.get("Authorization", "") else 403
    assert response.status_code in {403, expected}


async def test_curl_may_sign_in(connect: Connect) -> None:
    body = {"email": "nobody@example.org", "password": "x"}
    assert (await (await connect()).post("/auth/login", json=body)).status_code == 401


async def test_without_a_setting_no_other_origin_may_read_anything(browser: httpx.AsyncClient) -> None:
    asks = {"Origin": "https://evil.example", "Access-Control-Request-Method": "DELETE"}
    response = await browser.options("/meetings", headers=asks)
    assert "access-control-allow-origin" not in response.headers
