"""Debian's Chromium, kept from asking anybody but the product for anything."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Playwright, StorageState

from e2e.product import Person, Product

MOST_MS = 20_000
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
NO_BROWSER = "no Chromium on this machine (Debian: apt install chromium)"
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-sandbox",  # as root there is no other way
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
LAPTOP, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}


def program() -> str | None:
    """Where Chromium is."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def launch(playwright: Playwright, executable: str) -> Browser:
    """A browser without a window."""
    return playwright.chromium.launch(executable_path=executable, args=[*QUIET])


@contextmanager
def visiting(
    browser: Browser,
    product: Product,
    *,
    language: str = "en-GB",
    theme: str = "light",
    phone: bool = False,
    worker: bool = False,
    state: StorageState | None = None,
) -> Iterator[BrowserContext]:
    """A visitor who has never been here. At the end, no page may have failed or asked another origin.

    worker: whether the service worker is let in, which hides requests from ``page.route``
    state: the cookies of somebody who signed in before
    """
    context = browser.new_context(
        base_url=product.web,
        locale=language,
        viewport=PHONE if phone else LAPTOP,  # type: ignore[arg-type]
        color_scheme="dark" if theme == "dark" else "light",
        service_workers="allow" if worker else "block",
        has_touch=phone,
        storage_state=state,
    )
    context.set_default_timeout(MOST_MS)
    complaints: list[str] = []
    context.on("request", lambda request: _note_stranger(request.url, product, complaints))
    context.on("weberror", lambda error: complaints.append(f"failed: {error.error}"))
    context.on("console", lambda message: _note_refusal(message.text, complaints))
    try:
        yield context
    finally:
        context.close()
    assert complaints == []


def sign_in(context: BrowserContext, product: Product, person: Person) -> None:
    """Sign in as the page does, without the page."""
    answer = context.request.post(
        "/api/v1/auth/login",
        data={"email": person.email, "password": person.password},
        headers={"Origin": product.web},
    )
    assert answer.ok, answer.text()


def _note_stranger(url: str, product: Product, complaints: list[str]) -> None:
    if not url.startswith((f"{product.web}/", "data:", "blob:", "about:", "chrome")):
        complaints.append(f"asked {url}")


def _note_refusal(text: str, complaints: list[str]) -> None:
    if "Content Security Policy" in text or "Hydration" in text or "hydration" in text:
        complaints.append(text)
