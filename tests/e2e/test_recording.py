"""From the microphone to a meeting, a crash in between included; the browser's microphone beeps."""

import re

from playwright.sync_api import Page, expect

A_WHILE_MS = 300_000


def begin(page: Page) -> None:
    page.goto("/upload")
    page.get_by_role("button", name="Start recording").click()
    expect(page.get_by_role("timer")).to_contain_text("0:02")


def test_a_recording_is_stopped_and_handed_in(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("timer")).to_contain_text("Recording paused")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Stop").click()

    page.get_by_role("button", name="Upload", exact=True).click()

    expect(page.get_by_role("link", name="Open the meeting")).to_be_visible(timeout=A_WHILE_MS)
    expect(page.get_by_text("Recorded here and not uploaded yet")).to_be_hidden()


def test_a_recording_goes_on_while_one_looks_at_other_pages(page: Page) -> None:
    begin(page)
    page.get_by_role("link", name="Projects").first.click()
    expect(page.get_by_role("complementary", name="Uploads")).to_contain_text("Recording")

    page.get_by_role("complementary", name="Uploads").get_by_role("link").first.click()

    expect(page.get_by_role("timer")).to_contain_text(re.compile(r"0:0[3-9]|0:[1-5]\d"))
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Listen")).to_be_visible()


def test_a_reload_in_the_middle_loses_nothing_of_what_was_recorded(page: Page) -> None:
    begin(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    expect(page.get_by_text("Recorded here and not uploaded yet")).to_be_visible()
    page.get_by_role("button", name="Listen").click()
    sound = page.locator("audio")
    expect(sound).to_be_visible()
    sound.evaluate("audio => audio.play()")
    page.wait_for_function("() => document.querySelector('audio').currentTime > 1")


def test_what_was_recorded_can_be_discarded(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()

    expect(page.get_by_text("Recorded here and not uploaded yet")).to_be_hidden()
