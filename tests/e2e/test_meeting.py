"""A finished meeting: heard, corrected, exported. Its words come every 0.4 s, a turn lasts 5 s."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from e2e import browsing
from e2e.conftest import Visit
from e2e.product import Person, Product

WORD_S = 0.4
# The page keeps its <audio> to itself; whoever plays is noted here.
LISTEN = """
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  window.heard = this;
  return play.call(this);
};
"""


def opened(page: Page, meeting: str) -> Page:
    """The page, once there is something to read."""
    page.goto(f"/meetings/{meeting}")
    expect(page.locator("[data-word]").first).to_be_visible()
    return page


def text(page: Page, number: int = 0) -> Locator:
    """What a segment says."""
    return page.locator("[data-text]").nth(number)


def edit(page: Page, words: str, number: int = 0) -> None:
    """Replace what a segment says."""
    text(page, number).dblclick()
    editor = page.get_by_label(re.compile("^Text of this passage"))
    editor.fill(words)
    editor.press("Enter")


def saved(page: Page) -> Locator:
    """What stands beside the transcript once the server has every edit."""
    return page.get_by_text("Saved", exact=True).first


def test_it_plays_and_the_time_moves(page: Page, meeting: str) -> None:
    opened(page, meeting)

    page.get_by_role("button", name="Play", exact=True).click()

    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(page.get_by_role("slider", name="Position")).to_have_attribute(
        "aria-valuenow", re.compile("^[1-9]")
    )


@pytest.mark.parametrize("word", [3, 9])
def test_a_click_on_a_word_is_heard_from_that_word_on(page: Page, meeting: str, word: int) -> None:
    page.add_init_script(LISTEN)
    opened(page, meeting)

    page.locator("[data-word]").nth(word).click()

    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    first = page.evaluate("window.heard.currentTime")
    assert word * WORD_S - 0.1 <= first <= word * WORD_S + 5


def test_what_was_edited_is_there_after_a_reload(page: Page, meeting: str) -> None:
    opened(page, meeting)

    edit(page, "Good morning, everybody.")
    expect(saved(page)).to_be_visible()
    page.reload()

    expect(text(page)).to_have_text("Good morning, everybody.")


def test_an_edit_is_undone_and_done_again(page: Page, meeting: str) -> None:
    opened(page, meeting)
    before = text(page).inner_text()
    edit(page, "Good morning, everybody.")

    page.keyboard.press("Control+z")
    expect(text(page)).to_have_text(before)
    page.keyboard.press("Control+Shift+z")

    expect(text(page)).to_have_text("Good morning, everybody.")


def test_a_speaker_is_renamed_everywhere_and_merged(
    living: Product, person: Person, page: Page, meeting: str
) -> None:
    opened(page, meeting)
    speakers = page.get_by_role("button", name=re.compile("^Speaker: "))
    first = (speakers.first.get_attribute("aria-label") or "").removeprefix("Speaker: ")

    speakers.first.click()
    page.get_by_role("menuitem", name=re.compile("^Rename")).click()
    page.get_by_role("dialog").get_by_label("Name").fill("Clara")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(page.get_by_role("button", name="Speaker: Clara").nth(1)).to_be_visible()
    expect(page.get_by_role("button", name=f"Speaker: {first}", exact=True)).to_have_count(0)

    speakers.nth(1).click()
    page.get_by_role("menuitem", name=re.compile("is the same person as")).click()
    page.get_by_role("dialog").get_by_role("button", name="Merge").click()
    expect(saved(page)).to_be_visible()

    with living.client(person) as client:
        document = client.get(f"/meetings/{meeting}/transcript").json()
    assert [speaker["name"] for speaker in document["speakers"]] == ["Clara"]


def test_the_exported_subtitles_are_those_of_the_api(
    living: Product, person: Person, page: Page, meeting: str
) -> None:
    opened(page, meeting)
    page.get_by_role("button", name="Export").click()
    page.get_by_role("radio", name=re.compile("SubRip")).check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).or_(
            page.get_by_role("link", name="Download", exact=True)
        ).click()

    with living.client(person) as client:
        expected = client.get(f"/meetings/{meeting}/transcript", params={"format": "srt"})
    assert download.value.suggested_filename.endswith(".srt")
    assert download.value.path().read_bytes() == expected.content


def test_two_tabs_that_edit_one_passage_lose_neither(
    visit: Visit, living: Product, person: Person, meeting: str
) -> None:
    visitor = visit()
    browsing.sign_in(visitor, living, person)
    one, other = opened(visitor.new_page(), meeting), opened(visitor.new_page(), meeting)
    visitor.set_offline(True)
    edit(one, "This is what the first tab says.")
    edit(other, "This is what the second tab says.")
    visitor.set_offline(False)

    asked = next(tab for tab in waited_for([one, other]) if tab.get_by_role("dialog").is_visible())
    dialog = asked.get_by_role("dialog")
    expect(dialog).to_contain_text("what the first tab says")
    expect(dialog).to_contain_text("what the second tab says")
    dialog.get_by_role("button", name="Keep mine").click()
    expect(saved(asked)).to_be_visible()


def waited_for(tabs: list[Page]) -> list[Page]:
    """The tabs, once one of them asks which of two versions is to stay."""
    for _ in range(200):
        if any(tab.get_by_role("dialog").is_visible() for tab in tabs):
            return tabs
        tabs[0].wait_for_timeout(200)
    raise AssertionError("neither tab says that there are two versions")


def test_a_session_that_ends_in_the_middle_of_an_edit_loses_nothing(
    page: Page, person: Person, meeting: str
) -> None:
    opened(page, meeting)
    text(page).dblclick()
    page.get_by_label(re.compile("^Text of this passage")).fill("Nothing of this may be lost.")
    page.context.clear_cookies()
    page.keyboard.press("Enter")

    again = page.get_by_role("dialog")
    again.get_by_label("Password", exact=True).fill(person.password)
    again.get_by_role("button", name="Sign in").click()

    expect(saved(page)).to_be_visible(timeout=30_000)
    page.reload()
    expect(text(page)).to_have_text("Nothing of this may be lost.")
