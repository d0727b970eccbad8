"""A session that ends in the middle of something, in one tab or in all of them; and one's own account."""

import re

from playwright.sync_api import BrowserContext, Locator, Page, expect

from e2e import browsing
from e2e.conftest import Visit
from e2e.product import Person, Product

ELSEWHERE = re.compile("End the session")


def settings(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/settings")
    expect(page.get_by_label("Name")).to_be_visible()
    return page


def rename(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Save").click()


def renewal(page: Page) -> Locator:
    dialog = page.get_by_role("dialog", name="Your session has ended")
    expect(dialog).to_be_visible()
    return dialog


def sign_in_again(page: Page, person: Person) -> None:
    dialog = renewal(page)
    dialog.get_by_label("E-mail address").fill(person.email)
    dialog.get_by_label("Password", exact=True).fill(person.password)
    dialog.get_by_role("button", name="Sign in").click()


def test_a_session_that_ends_in_the_middle_of_an_edit_loses_nothing(
    context: BrowserContext, person: Person
) -> None:
    page = settings(context)
    context.clear_cookies()

    rename(page, "Countess of Lovelace")
    expect(renewal(page).get_by_label("E-mail address")).to_have_value(person.email)
    sign_in_again(page, person)

    expect(page.get_by_text("Your name is saved.")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("Countess of Lovelace")


def test_signing_in_again_in_one_tab_is_enough(context: BrowserContext, person: Person) -> None:
    one, other = settings(context), settings(context)
    context.clear_cookies()
    for page in (one, other):
        page.bring_to_front()
        rename(page, "Countess of Lovelace")
        renewal(page)

    sign_in_again(other, person)

    for page in (one, other):
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.get_by_text("Your name is saved.")).to_be_visible()


def test_somebody_else_who_signs_in_gets_the_page_anew(context: BrowserContext, living: Product) -> None:
    somebody_else = living.new_person("Grace Hopper")
    page = settings(context)
    context.clear_cookies()
    rename(page, "Mine")

    sign_in_again(page, somebody_else)

    expect(page.get_by_label("Name")).to_have_value("Grace Hopper")
    page.reload()
    expect(page.get_by_label("Name")).to_have_value("Grace Hopper")


def test_signing_out_empties_the_other_tabs(context: BrowserContext, person: Person) -> None:
    one, other = settings(context), settings(context)

    one.get_by_role("button", name="Your account").click()
    one.get_by_role("menuitem", name="Sign out").click()

    expect(one).to_have_url(re.compile("/sign-in$"))
    expect(other).to_have_url(re.compile(r"/sign-in\?next=%2Fsettings$"))

    one.get_by_label("E-mail address").fill(person.email)
    one.get_by_label("Password", exact=True).fill(person.password)
    one.get_by_role("button", name="Sign in").click()

    expect(other).to_have_url(re.compile("/settings$"))


def test_a_session_elsewhere_can_be_ended(
    context: BrowserContext, visit: Visit, living: Product, person: Person
) -> None:
    elsewhere = visit()
    browsing.sign_in(elsewhere, living, person)
    page = settings(context)

    page.get_by_role("button", name=ELSEWHERE).click()

    expect(page.get_by_role("button", name=ELSEWHERE)).to_have_count(0)
    expect(page.get_by_text("The session has ended.")).to_be_visible()
    assert elsewhere.request.get("/api/v1/auth/me").status == 401


def test_signing_out_everywhere_ends_every_session(
    context: BrowserContext, visit: Visit, living: Product, person: Person
) -> None:
    elsewhere = visit()
    browsing.sign_in(elsewhere, living, person)
    page = settings(context)

    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()

    expect(page).to_have_url(re.compile("/sign-in$"))
    assert elsewhere.request.get("/api/v1/auth/me").status == 401


def test_a_new_password_takes_the_old_one(context: BrowserContext, person: Person) -> None:
    page = settings(context)
    page.get_by_label("Current password").fill("not this one")
    page.get_by_label("New password").fill("another horse battery")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("The current password is wrong")).to_be_visible()

    page.get_by_label("Current password").fill(person.password)
    page.get_by_role("button", name="Change password").click()

    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    expect(page.get_by_label("New password")).to_have_value("")


def test_too_many_wrong_passwords_count_the_wait_down(visit: Visit, person: Person) -> None:
    page = visit().new_page()
    page.route(
        "**/api/v1/auth/login",
        lambda route: route.fulfill(
            status=429,
            headers={"Retry-After": "3"},
            json={"error": {"code": "TOO_MANY_ATTEMPTS", "message": "Wait.", "detail": {}}},
        ),
    )
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password", exact=True).fill("guess")

    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("button", name=re.compile(r"Wait \d s"))).to_be_disabled()
    expect(page.get_by_role("button", name="Sign in")).to_be_enabled()


def test_language_and_theme_are_chosen_and_stay(page: Page) -> None:
    page.goto("/settings")
    page.get_by_text("Dark", exact=True).click()
    page.get_by_text("Français", exact=True).click()

    expect(page.get_by_role("heading", name="Paramètres")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Paramètres")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.get_by_role("radio", name="Sombre")).to_be_checked()
