"""Search, and the jump to the second where it was said."""

import re

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.usefixtures("meeting")
def test_a_hit_opens_the_meeting_at_the_second_where_it_was_said(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("searchbox")
    expect(page.get_by_text("Weekly round")).to_be_visible()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("shows where words")
    expect(page).to_have_url(re.compile(r"[?&]q=shows"))
    expect(page.locator("mark").first).to_be_visible()

    page.locator("a[href*='?t=']:not([href*='?t=0'])").first.click()

    expect(page).to_have_url(re.compile(r"/meetings/.*[?&]t="))
    expect(page.locator("[data-word]").first).to_be_visible()
    expect(page.get_by_role("slider", name="Position")).not_to_have_attribute("aria-valuenow", "0")


@pytest.mark.usefixtures("meeting")
def test_what_nobody_said_is_told_with_advice(page: Page) -> None:
    page.goto("/?q=hippopotamus")
    expect(page.get_by_text("Nobody said that")).to_be_visible()


def test_somebody_new_is_offered_the_sample(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("No meeting yet")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("sample", re.IGNORECASE)).first).to_be_visible()
