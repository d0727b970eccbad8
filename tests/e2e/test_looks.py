"""The whole app in French, in the dark, at 360 px, and by keyboard alone."""

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from e2e import browsing
from e2e.conftest import Visit
from e2e.places import PLACES, Place
from e2e.product import ADMIN, Person, Product

WIDTH = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


@pytest.fixture(scope="module")
def names(living: Product) -> dict[str, str]:
    return living.names(Person(email=ADMIN))


@pytest.fixture(scope="module")
def signed_in(living: Product, browser: Browser) -> StorageState:
    with browsing.visiting(browser, living) as visitor:
        browsing.sign_in(visitor, living, Person(email=ADMIN))
        return visitor.storage_state()


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_nothing_is_wider_than_a_phone(
    visit: Visit, signed_in: StorageState, names: dict[str, str], place: Place
) -> None:
    page = visit(phone=True, language="fr-FR", state=None if place.anonymous else signed_in).new_page()
    page.goto(place.path.format(**names))
    expect(page.locator(place.shows).first).to_be_visible()

    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.evaluate(WIDTH) <= 0


def test_language_and_theme_are_chosen_and_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Votre compte").click()
    page.get_by_role("menuitem", name="Sombre").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    page.reload()

    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") in {"dark", "normal"}


def test_a_meeting_is_found_heard_and_corrected_by_keyboard_alone(page: Page, meeting: str) -> None:
    page.goto("/")
    row = page.locator(f"a[href^='/meetings/{meeting}']").first
    expect(row).to_be_visible()
    tab_to(page, f"a[href^='/meetings/{meeting}']")
    page.keyboard.press("Enter")
    expect(page.locator("[data-word]").first).to_be_visible()

    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()

    tab_to(page, "button[aria-label^='Edit the text at']")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Written without a mouse.")
    page.keyboard.press("Enter")

    expect(page.locator("[data-text]").first).to_have_text("Written without a mouse.")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what the selector names has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never reaches {selector}")
