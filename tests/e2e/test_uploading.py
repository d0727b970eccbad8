"""From a file on a disk to a transcript on the page, whatever happens on the way."""

import re

from playwright.sync_api import Page, expect

from e2e.product import SAMPLE

A_WHILE_MS = 300_000
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 150_000}
UPLOADS = re.compile("/api/v1/uploads/")


def choose(page: Page) -> None:
    page.goto("/upload")
    page.locator("input[type=file]").first.set_input_files(SAMPLE)
    page.get_by_role("button", name=re.compile("^Upload and transcribe")).click()


def slowly(page: Page) -> None:
    """From here on, the recording takes some ten seconds."""
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)


def test_the_sample_becomes_a_transcript_before_ones_eyes(page: Page) -> None:
    choose(page)
    expect(page.get_by_role("progressbar").first).to_be_visible()
    page.get_by_role("link", name="Open the meeting").click()

    expect(page.locator("[data-word]").first).to_be_visible(timeout=A_WHILE_MS)

    page.goto("/")
    row = page.get_by_role("link", name=re.compile("sample")).first
    expect(row).to_be_visible()


def test_an_upload_that_loses_the_network_goes_on_by_itself(page: Page) -> None:
    page.goto("/upload")
    slowly(page)
    with page.expect_request(UPLOADS):
        choose(page)
    page.wait_for_timeout(2_000)

    page.context.set_offline(True)
    expect(page.get_by_text("goes on by itself").first).to_be_visible(timeout=60_000)
    page.context.set_offline(False)

    expect(page.get_by_role("link", name="Open the meeting")).to_be_visible(timeout=A_WHILE_MS)


def test_an_upload_goes_on_after_a_reload(page: Page) -> None:
    page.goto("/upload")
    slowly(page)
    with page.expect_request(UPLOADS):
        choose(page)
    page.wait_for_timeout(3_000)

    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()

    expect(page.get_by_role("link", name="Open the meeting")).to_be_visible(timeout=A_WHILE_MS)


def test_something_that_is_no_recording_is_told_in_words(page: Page) -> None:
    page.goto("/upload")
    page.locator("input[type=file]").first.set_input_files(
        {"name": "minutes.wav", "mimeType": "audio/wav", "buffer": b"no recording at all " * 500}
    )
    page.get_by_role("button", name=re.compile("^Upload and transcribe")).click()

    expect(
        page.get_by_role("main")
        .get_by_text(re.compile("no recording|not a recording|sound", re.IGNORECASE))
        .first
    ).to_be_visible(timeout=60_000)
