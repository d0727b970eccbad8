"""The list of meetings: filters in the address, and what can be done to those that are ticked."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from e2e.product import Person, Product


@pytest.fixture
def meetings(living: Product, person: Person) -> list[str]:
    """Two finished meetings of ``person``'s."""
    return [living.new_meeting(person), living.new_meeting(person)]


@pytest.mark.usefixtures("meetings")
def test_filters_are_in_the_address_and_go_with_the_back_button(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("article")).to_have_count(2)

    page.get_by_role("combobox", name="Status").select_option("Failed")
    expect(page.get_by_text("No meeting fits these filters")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]status=FAILED"))
    page.reload()
    expect(page.get_by_text("No meeting fits these filters")).to_be_visible()

    page.go_back()
    expect(page.get_by_role("article")).to_have_count(2)


@pytest.mark.usefixtures("meetings")
def test_a_tag_is_given_to_all_that_are_ticked(page: Page) -> None:
    page.goto("/")
    page.get_by_role("checkbox").first.click()
    bar = page.get_by_role("toolbar", name="Selected meetings")
    bar.get_by_role("button", name="Select all 2 shown").click()
    bar.get_by_role("button", name="Add a tag").click()
    page.get_by_role("dialog").get_by_label("Tag").fill("quarterly")
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()

    expect(page.get_by_role("article").filter(has_text="quarterly")).to_have_count(2)
    expect(bar).to_be_hidden()


@pytest.mark.usefixtures("meetings")
def test_deleting_can_be_undone(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name=re.compile("^Actions for")).first.click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("article")).to_have_count(1)

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("article")).to_have_count(2)
    page.reload()
    expect(page.get_by_role("article")).to_have_count(2)


@pytest.mark.usefixtures("meetings")
def test_what_is_deleted_is_gone_although_the_page_was_left_at_once(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name=re.compile("^Actions for")).first.click()
    page.get_by_role("menuitem", name="Delete").click()
    expect(page.get_by_role("article")).to_have_count(1)

    page.goto("/projects")
    page.goto("/")

    page.get_by_role("heading", name="Weekly round").wait_for()
    expect(page.get_by_role("article")).to_have_count(1)


@pytest.mark.usefixtures("meetings")
def test_what_could_not_be_changed_is_told(page: Page) -> None:
    def refuse(route: Route) -> None:
        error = {"code": "ROLE_TOO_SMALL", "message": "Not with your role.", "detail": {}}
        route.fulfill(status=403, content_type="application/json", body=json.dumps({"error": error}))

    page.route(
        re.compile(r"/api/v1/meetings/[^/]+$"),
        lambda route: refuse(route) if route.request.method == "PATCH" else route.continue_(),
    )
    page.goto("/")
    page.get_by_role("checkbox").first.click()
    page.get_by_role("toolbar", name="Selected meetings").get_by_role("button", name="Add a tag").click()
    page.get_by_role("dialog").get_by_label("Tag").fill("quarterly")
    page.get_by_role("dialog").get_by_role("button", name="Add", exact=True).click()

    expect(page.get_by_text("One could not be tagged")).to_be_visible()
