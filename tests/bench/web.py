"""What the web app costs with a transcript of ten hours: 100,000 words, read, played and edited in Chromium.

The meeting is put into the running stack for an account of its own, which goes again. ``interactive_ms`` is
from the request for the page to the moment from which on its first words answer: no task of 50 ms follows
within a second. Tasks and interactions are the browser's own figures (Long Tasks, Event Timing); 0 means that
none was long enough to be listed. ``js_kb_…`` is the JavaScript that a page's document names, as it was sent.
"""

import asyncio

from playwright.async_api import Page

from bench.measuring.account import bench_account
from bench.measuring.browser import browsing, first_load_bytes, long_tasks, now, visiting
from bench.measuring.long_meeting import Size, seed_meeting
from scribe.settings import Settings, get_settings

FULL = Size(words=100_000, seconds=36_000.0)
ROUTES = {
    "sign_in": "/sign-in",
    "dashboard": "/",
    "upload": "/upload",
    "projects": "/projects",
    "settings": "/settings",
}
GOAL_JS_KB, GOAL_NODES, GOAL_EDIT_MS = 200, 5_000, 200
QUIET_MS = 1_000
SETTLE_S, PLAY_S, TYPE_S = 3, 10, 2
FRAMES = 400
AMID = 80
"""A word that is drawn and in view, of those in the middle of the window."""
# From one end of the page to the other in so many frames; the most elements that were there on the way.
SCROLL = """async (frames) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  let nodes = 0;
  for (let number = 1; number <= frames; number += 1) {
    const end = document.documentElement.scrollHeight - window.innerHeight;
    window.scrollTo(0, (end * number) / frames);
    await frame();
    if (number % 10 === 0) nodes = Math.max(nodes, document.querySelectorAll("*").length);
  }
  return nodes;
}"""
SLOWEST = "() => Math.max(0, ...window.bench.events.map(([, duration]) => duration))"


def bench() -> dict[str, float]:
    """The figures by name."""
    return asyncio.run(measure(get_settings(), FULL))


def ok(figures: dict[str, float]) -> bool:
    """Every page's first load is small, the page stays small however far one scrolls, and edits are quick."""
    heaviest = max(value for name, value in figures.items() if name.startswith("js_kb_"))
    return (
        heaviest < GOAL_JS_KB
        and figures["dom_nodes"] < GOAL_NODES
        and figures["edit_interaction_ms"] <= GOAL_EDIT_MS
        and figures["words_spoken_while_playing"] > 0
    )


async def measure(settings: Settings, size: Size) -> dict[str, float]:
    """Seed, visit, and clean up. The stack must be up, its web app with it."""
    web = f"http://{settings.web.host}:{settings.web.port}"
    async with bench_account(settings) as account, browsing() as browser:
        token = account.headers["Authorization"].removeprefix("Bearer ")
        path = f"/meetings/{await seed_meeting(settings, account, size)}"
        figures: dict[str, float] = {}
        for name, route in {**ROUTES, "meeting": path}.items():
            figures[f"js_kb_{name}"] = await first_load_bytes(web, route) / 1000
        async with visiting(browser, web, token) as context:
            page = await context.new_page()
            figures |= await opened(page, path)
            figures |= await scrolled(page)
            figures |= await played(page)
            figures |= await edited(page)
        return figures


async def opened(page: Page, path: str) -> dict[str, float]:
    """How long until the first words are there, and until they answer."""
    await page.goto(path, wait_until="commit")
    await page.wait_for_selector("[data-word]", timeout=120_000)
    await asyncio.sleep(SETTLE_S)
    words = float(await page.evaluate("() => window.bench.words"))
    interactive = words
    for task in await long_tasks(page):
        end = task.start + task.duration
        if interactive < end and task.start < interactive + QUIET_MS:
            interactive = end
    return {"first_words_ms": words, "interactive_ms": interactive}


async def scrolled(page: Page) -> dict[str, float]:
    """From end to end."""
    began = await now(page)
    nodes = await page.evaluate(SCROLL, FRAMES)
    took = await now(page) - began
    tasks = await long_tasks(page, began)
    return {
        "scroll_longest_task_ms": max((task.duration for task in tasks), default=0),
        "scroll_long_tasks": len(tasks),
        "scroll_frames_a_second": FRAMES / took * 1000,
        "dom_nodes": nodes,
    }


async def played(page: Page) -> dict[str, float]:
    """Click a word in the middle of the recording and follow what is said from there."""
    await page.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight / 2)")
    await asyncio.sleep(1)
    await page.locator("[data-word]").nth(AMID).click()
    await page.wait_for_function("() => document.querySelector('[data-spoken]') !== null")
    await asyncio.sleep(1)
    began = await now(page)
    spoken: set[str] = set()
    for _ in range(PLAY_S * 4):
        spoken.add(await page.evaluate("() => document.querySelector('[data-spoken]')?.textContent ?? ''"))
        await asyncio.sleep(0.25)
    tasks = await long_tasks(page, began)
    await page.keyboard.press("k")
    return {
        "play_longest_task_ms": max((task.duration for task in tasks), default=0),
        "play_long_tasks": len(tasks),
        "words_spoken_while_playing": len(spoken - {""}),
    }


async def edited(page: Page) -> dict[str, float]:
    """Open a passage, write into it and leave it: the slowest answer to a key or a click."""
    await page.evaluate("() => { window.bench.events.length = 0; }")
    began = await now(page)
    await page.locator("[data-text]").nth(3).dblclick()
    await page.keyboard.type("well then ", delay=60)
    await page.keyboard.press("Enter")
    await asyncio.sleep(TYPE_S)
    tasks = await long_tasks(page, began)
    return {
        "edit_interaction_ms": float(await page.evaluate(SLOWEST)),
        "edit_longest_task_ms": max((task.duration for task in tasks), default=0),
    }
