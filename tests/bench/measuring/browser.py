"""A page of the web app in Debian's Chromium, and what the browser says of its own work."""

import html
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--mute-audio",
    "--autoplay-policy=no-user-gesture-required",
)
SIZE = {"width": 1280, "height": 860}
SCRIPT = re.compile(r'<script(?![^>]*\bnomodule)[^>]+src="([^"]+)"', re.IGNORECASE)
"""Without what only browsers from before 2017 load."""
# Tasks of more than 50 ms and interactions of more than 16 ms, from the first one on.
WATCH = """
window.bench = { tasks: [], events: [], words: null };
new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) window.bench.tasks.push([startTime, duration]);
}).observe({ type: "longtask", buffered: true });
new PerformanceObserver((list) => {
  for (const { name, startTime, duration, interactionId } of list.getEntries())
    if (interactionId) window.bench.events.push([startTime, duration, name]);
}).observe({ type: "event", durationThreshold: 16, buffered: true });
document.addEventListener("DOMContentLoaded", () => {
  new MutationObserver((_, observer) => {
    if (document.querySelector("[data-word]")) {
      window.bench.words = performance.now();
      observer.disconnect();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
});
"""


class NoBrowser(RuntimeError):
    """Chromium is not installed on this machine."""


@dataclass(frozen=True)
class LongTask:
    """A stretch in which the page did not answer; milliseconds since navigation began."""

    start: float
    duration: float


@asynccontextmanager
async def browsing() -> AsyncIterator[Browser]:
    """A browser without a window. Raises NoBrowser."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise NoBrowser("no Chromium on this machine (Debian: apt install chromium)")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=[*FLAGS])
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def visiting(browser: Browser, web: str, token: str) -> AsyncIterator[BrowserContext]:
    """Somebody who is signed in, and whose browser knows nothing of the app yet."""
    context = await browser.new_context(
        base_url=web,
        viewport=SIZE,  # type: ignore[arg-type]
        locale="en-GB",
        service_workers="block",
    )
    await context.add_cookies([{"name": "scribe_access", "value": token, "url": web}])
    await context.add_init_script(WATCH)
    try:
        yield context
    finally:
        await context.close()


async def first_load_bytes(web: str, path: str) -> int:
    """What the scripts weigh that a page's own document names, as they come over the wire."""
    async with httpx.AsyncClient(base_url=web, headers={"Accept-Encoding": "gzip"}, timeout=60) as client:
        document = await client.get(path)
        document.raise_for_status()
        total = 0
        for source in dict.fromkeys(SCRIPT.findall(document.text)):
            async with client.stream("GET", html.unescape(source)) as answer:
                answer.raise_for_status()
                total += sum([len(chunk) async for chunk in answer.aiter_raw()])
        return total


async def long_tasks(page: Page, since: float = 0) -> list[LongTask]:
    """Those that began after ``since``."""
    found = await page.evaluate("() => window.bench.tasks")
    return [LongTask(start, duration) for start, duration in found if start >= since]


async def now(page: Page) -> float:
    """Milliseconds since navigation began."""
    return float(await page.evaluate("() => performance.now()"))
