"""Projects: made, set, shared, given keys, and deleted."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import sign_in
from e2e.conftest import Visit
from e2e.product import ADMIN, Person, Product


@pytest.fixture
def project(living: Product, person: Person) -> str:
    """An empty project that ``person`` owns; its id."""
    with living.client(person) as client:
        answer = client.post("/projects", json={"name": "Product council"})
    return str(answer.raise_for_status().json()["id"])


def join(product: Product, owner: Person, project: str, person: Person, role: str) -> None:
    with product.client(owner) as client:
        body = {"email": person.email, "role": role}
        client.post(f"/projects/{project}/members", json=body).raise_for_status()


def test_a_project_is_made_and_its_settings_are_kept(page: Page) -> None:
    page.goto("/projects")
    page.get_by_role("button", name="New project").click()
    page.get_by_label("Name").fill("Product council")
    page.get_by_role("button", name="Create project").click()
    expect(page.get_by_role("heading", level=1, name="Product council")).to_be_visible()

    page.get_by_label("What is spoken").select_option("Some of several languages")
    page.get_by_label("Add a language").select_option("French")
    page.get_by_label("Add a language").select_option("English")
    page.get_by_label("How many speak").select_option("Always the same number")
    page.get_by_label("Speakers", exact=True).fill("4")
    page.get_by_label("Names and terms").fill("Grafana\nVéronique")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

    page.reload()
    expect(page.get_by_role("button", name="Leave out French")).to_be_visible()
    expect(page.get_by_label("Speakers", exact=True)).to_have_value("4")
    expect(page.get_by_label("Names and terms")).to_have_value("Grafana\nVéronique")


def test_a_glossary_is_written_pasted_and_mended(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/glossary")
    page.get_by_label("Heard").fill("graph anna")
    page.get_by_label("Meant").fill("Grafana")
    page.get_by_role("button", name="Add").click()
    table = page.get_by_role("table", name="Glossary")
    expect(table.get_by_role("cell", name="Grafana")).to_be_visible()

    page.get_by_role("button", name="Paste many").click()
    page.get_by_label("Pairs").fill("cube\tKubernetes\nnothing here\nred is = Redis")
    expect(page.get_by_text("Line 2 is no pair and is left out.")).to_be_visible()
    page.get_by_role("button", name="Add 2 pairs").click()
    expect(table.get_by_role("row")).to_have_count(4)

    page.get_by_role("button", name="Delete “cube”").click()
    expect(table.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(table.get_by_role("cell", name="Kubernetes")).to_be_visible()

    page.get_by_role("button", name="Edit “red is”").click()
    table.get_by_label("Meant").fill("Valkey")
    table.get_by_label("Meant").press("Enter")
    expect(table.get_by_role("cell", name="Valkey")).to_be_visible()
    page.reload()
    expect(table.get_by_role("cell", name="Valkey")).to_be_visible()


def test_members_come_and_go_and_the_last_owner_stays(living: Product, page: Page, project: str) -> None:
    other = living.new_person("Grace Hopper")
    page.goto(f"/projects/{project}/members")
    expect(page.get_by_text("The only owner who can look after the project")).to_be_visible()

    page.get_by_label("E-mail address of an account").fill(other.email)
    page.get_by_label("Role", exact=True).select_option("Viewer")
    page.get_by_role("button", name="Add member").click()
    page.get_by_label("Role of Grace Hopper").select_option("Owner")
    expect(page.get_by_label("Role of Ada Lovelace")).to_be_visible()

    page.get_by_role("button", name="Remove Grace Hopper").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("table").get_by_text(other.email)).to_have_count(0)
    expect(page.get_by_text("The only owner who can look after the project")).to_be_visible()


def test_somebody_without_an_account_cannot_be_added_and_is_told_why(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/members")
    page.get_by_label("E-mail address of an account").fill("nobody@example.org")
    page.get_by_role("button", name="Add member").click()
    expect(page.get_by_role("alert").filter(has_text="account")).to_be_visible()


def test_a_key_is_shown_once_works_and_is_revoked(living: Product, page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/keys")
    page.get_by_role("button", name="New key").click()
    page.get_by_label("Name").fill("Phone bridge")
    page.get_by_role("button", name="Make key").click()
    key = page.get_by_role("dialog").locator("code").inner_text()
    expect(page.get_by_role("dialog").locator("pre").first).to_contain_text(living.web)
    meetings = f"{living.web}/api/v1/meetings"
    assert httpx.get(meetings, headers={"X-API-Key": key}).status_code == httpx.codes.OK

    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_text(key)).to_have_count(0)
    page.get_by_role("button", name="Revoke Phone bridge").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.get_by_text("One key that has ended")).to_be_visible()
    assert httpx.get(meetings, headers={"X-API-Key": key}).status_code == httpx.codes.UNAUTHORIZED


def test_retention_says_what_it_means_and_what_it_would_delete(page: Page, project: str) -> None:
    page.goto(f"/projects/{project}/retention")
    page.get_by_label("Meetings are kept").select_option("For a number of days")
    page.get_by_label("Days").fill("30")
    expect(page.get_by_text("deleted in 30 days")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Days")).to_have_value("30")


def test_a_viewer_reads_why_there_is_nothing_to_change(
    living: Product, visit: Visit, person: Person, project: str
) -> None:
    reader = living.new_person("Reader", role="viewer")
    join(living, person, project, reader, "viewer")
    visitor = visit()
    sign_in(visitor, living, reader)
    page = visitor.new_page()
    page.goto(f"/projects/{project}")
    expect(page.get_by_text("An owner of the project can change them.")).to_be_visible()
    expect(page.get_by_label("Name", exact=True)).to_be_disabled()
    for name in ("API keys", "Activity"):
        page.get_by_role("link", name=name).click()
        expect(page.get_by_text("Owners only")).to_be_visible()


def test_an_administrator_sets_limits(living: Product, visit: Visit, person: Person, project: str) -> None:
    visitor = visit()
    sign_in(visitor, living, Person(email=ADMIN))
    page = visitor.new_page()
    page.goto(f"/projects/{project}/usage")
    page.get_by_label("Stored recordings (GB)").fill("2.5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("0 bytes of 2.5 GB")).to_be_visible()
    with living.client(person) as client:
        assert client.get(f"/projects/{project}/usage").json()["bytes"]["limit"] == 2_500_000_000


def test_deleting_a_project_tells_what_is_in_it_and_wants_its_name(
    living: Product, page: Page, person: Person, project: str
) -> None:
    page.goto(f"/projects/{project}/delete")
    expect(page.get_by_text("no meetings", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Delete project")).to_be_disabled()
    page.get_by_label("Type the project’s name to confirm").fill("Product council")
    page.get_by_role("button", name="Delete project").click()
    expect(page.get_by_role("heading", level=1, name="Projects")).to_be_visible()
    with living.client(person) as client:
        assert client.get(f"/projects/{project}").status_code == httpx.codes.NOT_FOUND


def test_a_project_that_is_not_there_says_so(page: Page) -> None:
    page.goto("/projects/00000000-0000-0000-0000-000000000000")
    expect(page.get_by_role("heading", name="This project is not here")).to_be_visible()
