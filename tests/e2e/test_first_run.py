"""From an instance without anybody to an administrator who is signed in."""

import re
import secrets
from collections.abc import Iterator

import asyncpg
import pytest
from playwright.sync_api import expect

from e2e import instances
from e2e.conftest import Visit
from e2e.product import PASSWORD, Product, apart, settings_of
from scribe.db.migrate import migrate
from scribe.first_run import first_run_code


@pytest.fixture
def new_instance(living: Product) -> Iterator[Product]:
    """A gateway and a web app on the product's servers, with an empty database."""
    name = f"first_run_{secrets.token_hex(6)}"
    url = living.environment["SCRIBE_DATABASE__URL"]
    fresh = {"SCRIBE_DATABASE__URL": f"{url.rpartition('/')[0]}/{name}"}
    settings = settings_of(living.environment | fresh)

    async def make() -> None:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        await connection.execute(f"CREATE DATABASE {name}")
        await connection.close()
        await migrate(settings.database)

    apart(make())
    with instances.gateway(living, fresh) as api_port, instances.web_app(api_port) as web_port:
        environment = living.environment | fresh
        yield living.model_copy(
            update={"environment": environment, "api_port": api_port, "web_port": web_port}
        )


def test_the_link_makes_the_first_administrator(new_instance: Product, visit: Visit) -> None:
    code = first_run_code(settings_of(new_instance.environment).auth)
    page = visit(product=new_instance).new_page()
    page.goto("/")
    expect(page).to_have_url(re.compile("/welcome"))

    page.goto(f"/welcome?code={code}")
    page.get_by_label("Your name").fill("Grace Hopper")
    page.get_by_label("E-mail address").fill("grace@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Make the account").click()

    expect(page).to_have_url(f"{new_instance.web}/")
    expect(page.get_by_role("link", name="Administration").first).to_be_visible()


def test_a_wrong_code_makes_nobody_an_administrator(new_instance: Product, visit: Visit) -> None:
    page = visit(product=new_instance).new_page()
    page.goto("/welcome?code=aaaa-bbbb-cccc-dddd-eeee-ffff")
    page.get_by_label("Your name").fill("Mallory")
    page.get_by_label("E-mail address").fill("mallory@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Make the account").click()

    expect(page.locator("main").get_by_role("alert")).to_be_visible()
