"""Correcting a transcript with more than single texts: split, join, search, check, go back in history."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Dialog, Locator, Page, Route, expect

from e2e.product import Person, Product

OPERATIONS = "**/transcript/operations"


@pytest.fixture
def client(living: Product, person: Person) -> Iterator[httpx.Client]:
    with living.client(person) as client:
        yield client


def segments(client: httpx.Client, meeting: str) -> list[dict[str, Any]]:
    """As the gateway has them."""
    found: list[dict[str, Any]] = client.get(f"/meetings/{meeting}/transcript").json()["segments"]
    return found


def elsewhere(client: httpx.Client, meeting: str, *operations: dict[str, Any]) -> None:
    """Somebody else edits the newest revision."""
    seen = client.get(f"/meetings/{meeting}/transcript").headers["ETag"]
    client.post(
        f"/meetings/{meeting}/transcript/operations",
        headers={"If-Match": seen},
        json={"operations": operations},
    ).raise_for_status()


def opened(page: Page, meeting: str) -> Page:
    page.goto(f"/meetings/{meeting}")
    expect(page.locator("[data-text]").first).to_be_visible()
    return page


def text(page: Page, number: int = 0) -> Locator:
    return page.locator("[data-text]").nth(number)


def editor(page: Page) -> Locator:
    return page.get_by_label(re.compile("^Text of this passage"))


def edit(page: Page, words: str, number: int = 0) -> None:
    text(page, number).dblclick(position={"x": 4, "y": 8})
    editor(page).fill(words)
    editor(page).press("Enter")


def saved(page: Page) -> None:
    expect(page.get_by_role("toolbar").get_by_text("Saved", exact=True)).to_be_visible(timeout=30_000)


def test_a_passage_is_split_at_the_caret_and_joined_again(
    page: Page, meeting: str, client: httpx.Client
) -> None:
    opened(page, meeting)
    edit(page, "Shall we begin? Yes, please.")
    text(page).dblclick(position={"x": 4, "y": 8})
    editor(page).evaluate("field => field.setSelectionRange(16, 16)")

    page.keyboard.press("Shift+Enter")
    expect(editor(page)).to_have_value("Yes, please.")
    page.keyboard.type("Oh ")
    saved(page)
    expect(editor(page)).to_be_focused()
    assert [found["text"] for found in segments(client, meeting)[:2]] == [
        "Shall we begin?",
        "Oh Yes, please.",
    ]

    editor(page).evaluate("field => field.setSelectionRange(0, 0)")
    page.keyboard.press("Backspace")
    expect(editor(page)).to_have_value("Shall we begin? Oh Yes, please.")
    page.keyboard.press("Enter")
    saved(page)
    assert segments(client, meeting)[0]["text"] == "Shall we begin? Oh Yes, please."


def test_what_was_typed_and_not_saved_is_back_after_a_reload(
    page: Page, meeting: str, client: httpx.Client
) -> None:
    opened(page, meeting)
    page.route(OPERATIONS, lambda route: route.abort())
    edit(page, "Nobody has this yet.")
    expect(page.get_by_text("Your changes are kept here")).to_be_visible()
    page.on("dialog", Dialog.accept)

    page.reload()

    expect(text(page)).to_have_text("Nobody has this yet.")
    page.unroute(OPERATIONS)
    saved(page)
    assert segments(client, meeting)[0]["text"] == "Nobody has this yet."


def test_an_answer_that_gets_lost_does_not_make_an_edit_twice(
    page: Page, meeting: str, client: httpx.Client
) -> None:
    opened(page, meeting)
    edit(page, "Shall we begin? Yes, please.")
    saved(page)
    before = len(segments(client, meeting))

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(OPERATIONS, lose, times=1)
    text(page).dblclick(position={"x": 4, "y": 8})
    editor(page).evaluate("field => field.setSelectionRange(16, 16)")
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Enter")

    saved(page)
    assert len(segments(client, meeting)) == before + 1


def test_two_versions_of_a_passage_are_shown_and_combined(
    page: Page, meeting: str, client: httpx.Client
) -> None:
    opened(page, meeting)
    number = segments(client, meeting)[0]["id"]
    page.route(OPERATIONS, lambda route: route.abort())
    edit(page, "What I wrote.")
    elsewhere(client, meeting, {"op": "edit_text", "segment": number, "text": "What they wrote."})
    page.unroute(OPERATIONS)

    question = page.get_by_role("dialog", name=re.compile("^Two versions"))
    expect(question.get_by_text("What I wrote.")).to_be_visible(timeout=30_000)
    expect(question.get_by_text("What they wrote.")).to_be_visible()
    question.get_by_role("button", name="Combine").click()
    question.get_by_role("button", name="Use this").click()

    saved(page)
    assert segments(client, meeting)[0]["text"] == "What they wrote. What I wrote."


def test_what_somebody_else_writes_appears_by_itself(page: Page, meeting: str, client: httpx.Client) -> None:
    opened(page, meeting)
    number = segments(client, meeting)[0]["id"]

    elsewhere(client, meeting, {"op": "edit_text", "segment": number, "text": "Written elsewhere."})

    expect(text(page)).to_have_text("Written elsewhere.", timeout=30_000)


def test_a_text_is_found_and_replaced_everywhere_and_that_is_undone(
    page: Page, meeting: str, client: httpx.Client
) -> None:
    opened(page, meeting)
    edit(page, "graph anna and Graph Anna")
    saved(page)

    page.keyboard.press("Control+f")
    page.get_by_role("textbox", name="Find in the transcript").fill("graph anna")
    expect(page.get_by_text("1 of 2")).to_be_visible()
    page.get_by_role("textbox", name="Replace by").fill("Grafana")
    page.get_by_role("button", name="Replace all").click()
    page.get_by_role("dialog").get_by_role("button", name="Replace 2 occurrences").click()
    expect(text(page)).to_have_text("Grafana and Grafana")

    page.get_by_role("toolbar").get_by_role("button", name="Undo").click()
    saved(page)
    assert segments(client, meeting)[0]["text"] == "graph anna and Graph Anna"


def test_doubtful_passages_are_visited_and_checked_by_keyboard(
    page: Page, meeting: str, client: httpx.Client
) -> None:
    first, second = (found["id"] for found in segments(client, meeting)[:2])
    elsewhere(
        client,
        meeting,
        {"op": "set_flags", "segment": first, "flags": ["low_confidence"]},
        {"op": "set_flags", "segment": second, "flags": ["repetition"]},
    )
    opened(page, meeting)

    page.keyboard.press("F8")
    page.keyboard.press("Shift+F8")
    expect(page.get_by_text("1 of 2 checked")).to_be_visible()
    page.keyboard.press("Shift+F8")

    expect(page.get_by_text("2 of 2 checked")).to_be_visible()
    saved(page)
    assert [found["flags"] for found in segments(client, meeting)[:2]] == [["reviewed"], ["reviewed"]]


def test_an_old_version_is_compared_and_restored(page: Page, meeting: str, client: httpx.Client) -> None:
    opened(page, meeting)
    before = segments(client, meeting)
    edit(page, "Something else altogether.")
    saved(page)

    page.get_by_role("button", name="History").click()
    history = page.get_by_role("dialog")
    history.get_by_role("button", name=re.compile("Automatic transcription")).click()
    expect(history.locator("ins").first).to_contain_text("Something else altogether.")
    history.get_by_role("button", name="Restore this version").click()
    history.get_by_role("button", name="Restore", exact=True).click()

    expect(text(page)).to_have_text(before[0]["text"])
    assert segments(client, meeting) == before


def test_a_deleted_passage_comes_back_with_its_times(page: Page, meeting: str, client: httpx.Client) -> None:
    opened(page, meeting)
    before = segments(client, meeting)
    page.get_by_role("button", name=re.compile("^What to do with the passage")).first.click()
    page.get_by_role("menuitem", name="Delete the passage").click()
    saved(page)
    assert len(segments(client, meeting)) == len(before) - 1

    page.get_by_role("toolbar").get_by_role("button", name="Undo").click()

    expect(text(page)).to_have_text(before[0]["text"])
    saved(page)
    assert segments(client, meeting) == before


def test_several_selected_passages_get_a_new_speaker(page: Page, meeting: str, client: httpx.Client) -> None:
    opened(page, meeting)
    menus = page.get_by_role("button", name=re.compile("^What to do with the passage"))
    menus.first.click()
    page.get_by_role("menuitem", name="Select", exact=True).click()
    menus.nth(2).click()
    page.get_by_role("menuitem", name="Select up to here").click()
    expect(page.get_by_text("3 passages selected")).to_be_visible()

    page.get_by_role("button", name="Change the speaker").click()
    question = page.get_by_role("dialog")
    question.get_by_label("Speaker").select_option(label="Somebody new…")
    question.get_by_role("textbox", name="Name").fill("Ada")
    question.get_by_role("button", name="Assign").click()

    saved(page)
    document = client.get(f"/meetings/{meeting}/transcript").json()
    ada = next(speaker["id"] for speaker in document["speakers"] if speaker["name"] == "Ada")
    assert [found["speaker"] for found in document["segments"][:3]] == [ada] * 3
