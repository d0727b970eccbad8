"""In, out, and back to where one was."""

import re

from playwright.sync_api import Page, expect

from e2e.conftest import Visit
from e2e.product import Person


def fill_in(page: Page, person: Person, password: str | None = None) -> None:
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password", exact=True).fill(password or person.password)
    page.get_by_role("button", name="Sign in").click()


def test_whoever_has_no_session_signs_in_and_goes_on_to_where_they_wanted(
    visit: Visit, person: Person
) -> None:
    page = visit().new_page()
    page.goto("/settings")
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Fsettings"))

    fill_in(page, person)

    expect(page).to_have_url(re.compile(r"/settings$"))
    expect(page.get_by_role("navigation").first).to_be_visible()


def test_a_wrong_password_is_told_in_words(visit: Visit, person: Person) -> None:
    page = visit().new_page()
    page.goto("/sign-in")

    fill_in(page, person, "not the password at all")

    expect(page.locator("main").get_by_role("alert")).to_be_visible()
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_link_cannot_send_people_to_another_site(visit: Visit, person: Person) -> None:
    page = visit().new_page()
    page.goto("/sign-in?next=//example.org/")

    fill_in(page, person)

    expect(page.get_by_role("navigation").first).to_be_visible()


def test_signing_out_closes_the_door(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))

    page.goto("/")

    expect(page).to_have_url(re.compile("/sign-in"))
