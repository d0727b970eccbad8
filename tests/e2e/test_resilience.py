"""What pages say when something behind them is away, and that they recover by themselves."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from e2e import browsing, instances
from e2e.conftest import Visit
from e2e.product import Person, Product
from loopback_ports import reserve


class Switch:
    """A gateway that can be taken away and given back, behind a web app that stays."""

    def __init__(self, product: Product) -> None:
        self._product = product
        self._running = ExitStack()
        self.port = reserve()

    def on(self) -> None:
        self._running.enter_context(instances.gateway(self._product, {}, self.port))

    def off(self) -> None:
        self._running.close()


@pytest.fixture
def switch(living: Product) -> Iterator[Switch]:
    switch = Switch(living)
    switch.on()
    yield switch
    switch.off()


@pytest.fixture
def own_web(living: Product, switch: Switch) -> Iterator[Product]:
    """The product through a web app and a gateway of this test's own."""
    with instances.web_app(switch.port) as port:
        yield living.model_copy(update={"web_port": port, "api_port": switch.port})


def test_a_gateway_that_stops_is_told_and_the_page_recovers(
    own_web: Product, switch: Switch, visit: Visit, person: Person
) -> None:
    visitor = visit(product=own_web)
    browsing.sign_in(visitor, own_web, person)
    page = visitor.new_page()
    page.goto("/")
    expect(page.get_by_text("No meeting yet")).to_be_visible()

    switch.off()
    expect(page.get_by_text("No live connection")).to_be_visible(timeout=60_000)
    switch.on()

    expect(page.get_by_text("No live connection")).to_be_hidden(timeout=60_000)
    expect(page.get_by_text("No meeting yet")).to_be_visible()


def test_a_page_that_is_opened_while_the_gateway_is_away_comes_when_it_is_back(
    own_web: Product, switch: Switch, visit: Visit, person: Person
) -> None:
    visitor = visit(product=own_web)
    browsing.sign_in(visitor, own_web, person)
    switch.off()
    page = visitor.new_page()
    page.goto("/")
    expect(page.get_by_role("button", name="Try again").first).to_be_visible(timeout=60_000)

    switch.on()

    expect(page.get_by_text("No meeting yet")).to_be_visible(timeout=30_000)


def refusal(status: int, code: str, **headers: str) -> dict[str, Any]:
    body = {"error": {"code": code, "message": "A sentence.", "detail": {"correlation_id": "abc123"}}}
    return {
        "status": status,
        "headers": {"content-type": "application/json", **headers},
        "body": json.dumps(body),
    }


@pytest.mark.parametrize(
    ("status", "code", "headers"),
    [
        (500, "INTERNAL_ERROR", {}),
        (429, "TOO_MANY_REQUESTS", {"retry-after": "1"}),
        (503, "DATABASE_UNAVAILABLE", {}),
    ],
)
def test_an_answer_that_may_pass_is_asked_for_again(
    page: Page, status: int, code: str, headers: dict[str, str]
) -> None:
    refused = 0

    def refuse_twice(route: Route) -> None:
        nonlocal refused
        refused += 1
        if refused > 2:
            route.continue_()
        else:
            route.fulfill(**refusal(status, code, **headers))

    page.route(re.compile(r"/api/v1/meetings(\?|$)"), refuse_twice)
    page.goto("/")
    retry = page.get_by_role("button", name="Try again").first
    empty = page.get_by_text("No meeting yet")
    expect(empty.or_(retry).first).to_be_visible(timeout=30_000)
    while not empty.is_visible():
        retry.click()
        expect(empty.or_(retry).first).to_be_visible(timeout=30_000)

    assert refused >= 2


def test_a_failure_is_told_in_words_with_what_to_do(page: Page) -> None:
    page.route(
        re.compile(r"/api/v1/projects(\?|$)"),
        lambda route: route.fulfill(**refusal(500, "INTERNAL_ERROR")),
    )
    page.goto("/projects")

    told = page.get_by_role("main").get_by_role("alert").first
    expect(told).to_be_visible(timeout=60_000)
    expect(told).to_contain_text("abc123")
    expect(told).not_to_contain_text("INTERNAL_ERROR")


def test_a_recording_that_is_too_large_is_told_before_anything_is_sent(page: Page) -> None:
    page.route(
        re.compile("/api/v1/uploads"),
        lambda route: route.fulfill(**refusal(413, "FILE_TOO_LARGE", **{"tus-resumable": "1.0.0"})),
    )
    page.goto("/upload")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "long.wav", "mimeType": "audio/wav", "buffer": b"RIFF" * 1000}
    )
    page.get_by_role("button", name=re.compile("^Upload and transcribe")).click()

    expect(page.get_by_role("main").get_by_text(re.compile("large|big", re.IGNORECASE)).first).to_be_visible(
        timeout=30_000
    )
    expect(page.get_by_role("main")).not_to_contain_text("FILE_TOO_LARGE")


def test_without_any_server_there_is_a_page_of_our_own(visit: Visit, living: Product, person: Person) -> None:
    visitor = visit(worker=True)
    browsing.sign_in(visitor, living, person)
    page = visitor.new_page()
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready")
    visitor.set_offline(True)

    page.goto("/projects")

    expect(page.get_by_role("heading", name="Scribe cannot be reached")).to_be_visible()
    visitor.set_offline(False)
    expect(page.get_by_role("heading", name="Projects")).to_be_visible(timeout=30_000)
