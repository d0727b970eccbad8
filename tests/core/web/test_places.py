"""No page of the web app is forgotten by those who look at all of them."""

import re

from e2e.places import PLACES
from stack.web.places import FRONTEND

APP = FRONTEND / "src" / "app"
GROUP = re.compile(r"/\([^)]*\)")
PARAMETER = re.compile(r"\[[^\]]*\]|\{[^}]*\}")


def test_every_page_is_photographed_and_seen_by_axe() -> None:
    routes = {f"/{path.parent.relative_to(APP)}".replace("/.", "/") for path in APP.rglob("page.tsx")}
    pages = {PARAMETER.sub("*", GROUP.sub("", route)) or "/" for route in routes}
    seen = {PARAMETER.sub("*", place.path.partition("?")[0]) for place in PLACES}

    assert sorted(pages - seen) == []
