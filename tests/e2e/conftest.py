"""One product for all browser tests of a run; one browser a file, one visitor a test.

Every test here is marked ``e2e``. It is skipped, with the reason, where there is no Chromium.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from e2e import browsing, product
from e2e.product import Person, Product

RECORD = "e2e.json"
FOLDER = "e2e"
PATIENCE_S = 900
"""For the first test of a run, which waits for the build and for the servers."""

expect.set_options(timeout=browsing.MOST_MS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies here, before pytest chooses by marks."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.timeout(PATIENCE_S))


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    with lock.open("w") as file:
        flock(file, LOCK_EX)
        yield


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    program = browsing.program()
    if program is None:
        pytest.skip(browsing.NO_BROWSER)
    return program


@pytest.fixture(scope="session")
def living(chromium: str) -> Product:
    """The product, started by whichever pytest process needs it first, and stopped when pytest ends."""
    assert chromium
    folder = Path(os.environ["SCRIBE_TEST_FOLDER"])
    record = folder / RECORD
    with _one_at_a_time(folder / "e2e.lock"):
        if not record.exists():
            record.write_text(product.start(folder / FOLDER).model_dump_json())
    return Product.model_validate_json(record.read_bytes())


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Of the file only: while Playwright runs, nothing else in this process can have an event loop."""
    with sync_playwright() as playwright:
        browser = browsing.launch(playwright, chromium)
        yield browser
        browser.close()


Visit = Callable[..., BrowserContext]


@pytest.fixture
def visit(living: Product, browser: Browser) -> Iterator[Visit]:
    """Makes visitors: ``visit(language="fr-FR", theme="dark", phone=True, worker=True, product=…)``."""
    with ExitStack() as visitors:

        def make(product: Product = living, **options: Any) -> BrowserContext:
            return visitors.enter_context(browsing.visiting(browser, product, **options))

        yield make


@pytest.fixture
def person(living: Product) -> Person:
    """Somebody with an account and nothing in it."""
    return living.new_person()


@pytest.fixture
def context(visit: Visit, living: Product, person: Person) -> BrowserContext:
    """``person``, signed in."""
    visitor = visit()
    browsing.sign_in(visitor, living, person)
    return visitor


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab of ``person``'s."""
    return context.new_page()


@pytest.fixture
def meeting(living: Product, person: Person) -> str:
    """A finished meeting of ``person``'s: the sample, with made-up words; its id."""
    return living.new_meeting(person)
