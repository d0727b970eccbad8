"""axe finds nothing on any page, in daylight and in the dark."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from e2e import browsing
from e2e.conftest import Visit
from e2e.places import PLACES, Place
from e2e.product import ADMIN, Person, Product
from stack.web.places import NODE_MODULES

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
SETTLING_MS = 1000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules });
  return violations.map(({ id, help, nodes }) => ({
    id, help, nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  }));
}
"""


def violations(page: Page) -> list[str]:
    """What axe finds, a line each."""
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate(RUN, RULES)
    return [f"{one['id']}: {one['help']}: {node}" for one in found for node in one["nodes"]]


@pytest.fixture(scope="module")
def names(living: Product) -> dict[str, str]:
    return living.names(Person(email=ADMIN))


@pytest.fixture(scope="module")
def signed_in(living: Product, browser: Browser) -> StorageState:
    with browsing.visiting(browser, living) as visitor:
        browsing.sign_in(visitor, living, Person(email=ADMIN))
        return visitor.storage_state()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_axe_finds_nothing(
    visit: Visit, signed_in: StorageState, names: dict[str, str], place: Place, theme: str
) -> None:
    page = visit(theme=theme, state=None if place.anonymous else signed_in).new_page()
    page.goto(place.path.format(**names))
    expect(page.locator(place.shows).first).to_be_visible()
    page.wait_for_timeout(SETTLING_MS)

    assert violations(page) == []
