"""Photograph every page: ``python -m e2e.screenshots FOLDER``, run in the folder of the tests."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import TimeoutError as NeverShown

from e2e import browsing, product
from e2e.places import PLACES, Place
from e2e.product import ADMIN, Person, Product

LOOKS: dict[str, dict[str, object]] = {
    "light": {},
    "dark": {"theme": "dark"},
    "phone": {"phone": True},
    "french": {"language": "fr-FR"},
    "phone-french-dark": {"phone": True, "language": "fr-FR", "theme": "dark"},
}
SETTLING_MS, TALLEST = 1200, 4000
TITLES = (
    "Weekly round",
    "Budget 2027, second reading",
    "Interview with a candidate for the post of archivist",
)


def main(folder: Path) -> int:
    """Photograph every place in every look; the exit code says whether every page came."""
    executable = browsing.program()
    if executable is None:
        sys.stderr.write(f"There is {browsing.NO_BROWSER}.\n")
        return 1
    volumes = Path(tempfile.mkdtemp(prefix="scribe-screenshots-"))
    try:
        living = product.start(volumes)
        administrator = Person(email=ADMIN)
        for title in TITLES:
            living.new_meeting(administrator, title)
        names = living.names(administrator)
        with sync_playwright() as playwright:
            browser = browsing.launch(playwright, executable)
            absent = [
                f"{look}/{place.name}"
                for look, options in LOOKS.items()
                for place in PLACES
                if not photograph(browser, living, place, names, folder / look, options)
            ]
            browser.close()
    finally:
        product.stop(volumes)
        shutil.rmtree(volumes)
    for name in absent:
        sys.stderr.write(f"{name} did not show what it should.\n")
    sys.stderr.write(f"The photographs are in {folder}.\n")
    return 1 if absent else 0


def photograph(
    browser: Browser,
    living: Product,
    place: Place,
    names: dict[str, str],
    folder: Path,
    options: dict[str, object],
) -> bool:
    """The page and all below its fold; returns whether it showed what it should."""
    folder.mkdir(parents=True, exist_ok=True)
    with browsing.visiting(browser, living, **options) as visitor:  # type: ignore[arg-type]
        if not place.anonymous:
            browsing.sign_in(visitor, living, Person(email=ADMIN))
        page = visitor.new_page()
        page.goto(place.path.format(**names))
        try:
            page.locator(place.shows).first.wait_for()
            shown = True
        except NeverShown:
            shown = False
        height = min(int(page.evaluate("document.scrollingElement.scrollHeight")), TALLEST)
        width = page.viewport_size["width"] if page.viewport_size else browsing.LAPTOP["width"]
        page.set_viewport_size({"width": width, "height": height})  # bars stay at the page's end
        page.wait_for_timeout(SETTLING_MS)
        page.screenshot(path=folder / f"{place.name}.png")
        return shown


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
