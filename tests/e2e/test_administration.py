"""The pages of those who look after the instance."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import sign_in
from e2e.conftest import Visit
from e2e.product import ADMIN, Person, Product


@pytest.fixture
def office(living: Product, visit: Visit) -> Page:
    """A tab of the administrator's."""
    visitor = visit()
    sign_in(visitor, living, Person(email=ADMIN))
    return visitor.new_page()


def id_of(product: Product, person: Person) -> str:
    with product.client(person) as client:
        return str(client.get("/auth/me").json()["id"])


def test_an_account_is_made_with_a_password_that_is_shown_once(
    living: Product, office: Page, visit: Visit, person: Person
) -> None:
    email = f"new-{person.email}"
    office.goto("/admin/users")
    office.get_by_role("button", name="New account").click()
    office.get_by_label("E-mail address").fill(email)
    office.get_by_role("button", name="Create account").click()
    password = office.get_by_role("dialog").locator("dd").nth(1).inner_text()
    office.get_by_role("button", name="I have passed it on").click()
    office.get_by_role("searchbox").fill(email)
    expect(office.get_by_role("link", name=email)).to_be_visible()
    expect(office.get_by_text(password)).to_have_count(0)

    sign_in(visit(), living, Person(email=email, password=password))


def test_a_role_is_changed_and_the_account_switched_off(
    living: Product, office: Page, person: Person
) -> None:
    office.goto(f"/admin/users/{id_of(living, person)}")
    office.get_by_label("Role").select_option("Viewer")
    office.get_by_role("switch", name="Can sign in").click()
    office.get_by_role("button", name="Save").first.click()
    expect(office.get_by_text("Saved.")).to_be_visible()
    expect(office.get_by_text("Switched off", exact=True)).to_be_visible()


def test_an_account_with_meetings_is_not_deleted_and_can_be_switched_off_instead(
    living: Product, office: Page, person: Person, meeting: str
) -> None:
    assert meeting
    office.goto(f"/admin/users/{id_of(living, person)}")
    office.get_by_role("button", name="Delete account").click()
    office.get_by_role("dialog").get_by_role("button", name="Delete account").click()
    expect(office.get_by_text("One meeting lies in the account’s personal project.")).to_be_visible()
    office.get_by_role("button", name="Switch off instead").click()
    expect(office.get_by_text("Switched off", exact=True)).to_be_visible()


def test_the_system_page_tells_that_all_is_well(office: Page) -> None:
    office.goto("/admin")
    expect(office.get_by_text("Answers")).to_have_count(3)
    expect(office.get_by_role("heading", name="Workers")).to_be_visible()
    expect(office.get_by_role("meter", name="How full the disk is")).to_be_visible()


def test_operators_see_the_system_and_no_accounts(page: Page) -> None:
    page.goto("/admin")
    expect(page.get_by_role("heading", level=1, name="System")).to_be_visible()
    page.goto("/admin/users")
    expect(page.get_by_role("heading", name="You may not come in here")).to_be_visible()


def test_viewers_are_told_that_these_pages_are_not_for_them(living: Product, visit: Visit) -> None:
    visitor = visit()
    sign_in(visitor, living, living.new_person(role="viewer"))
    page = visitor.new_page()
    page.goto("/admin")
    expect(page.get_by_role("heading", name="You may not come in here")).to_be_visible()
    expect(page.get_by_role("navigation").get_by_role("link", name="Administration")).to_have_count(0)


def test_the_audit_log_is_filtered_in_the_address(office: Page, person: Person) -> None:
    office.goto("/admin/audit")
    office.get_by_label("About").select_option("Accounts")
    expect(office).to_have_url(re.compile(r"about=accounts"))
    expect(office.get_by_text(f"created the account {person.email} (operator).")).to_be_visible()
    expect(office.get_by_text("signed in.")).to_have_count(0)


def test_a_new_password_replaces_the_forgotten_one(
    living: Product, office: Page, visit: Visit, person: Person
) -> None:
    office.goto(f"/admin/users/{id_of(living, person)}")
    office.get_by_role("button", name="New password").click()
    office.get_by_role("dialog").get_by_role("button", name="New password").click()
    password = office.get_by_role("dialog").locator("dd").nth(1).inner_text()
    office.get_by_role("button", name="I have passed it on").click()
    expect(office.get_by_role("dialog")).to_have_count(0)

    sign_in(visit(), living, Person(email=person.email, password=password))
