"""What people find: by word forms, phrases and beginnings, ranked, marked, and only what they may see."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from interface.telling import tell
from scribe.db import Database
from scribe.db.models import ProjectMember, ProjectRole
from scribe_api.search import candidates

pytestmark = pytest.mark.integration

SignUp = Callable[..., Awaitable[httpx.AsyncClient]]


async def search(client: httpx.AsyncClient, q: str, **params: Any) -> dict[str, Any]:
    response = await client.get("/search", params={"q": q, **params})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def ids(client: httpx.AsyncClient, q: str, **params: Any) -> list[str]:
    return [hit["meeting_id"] for hit in (await search(client, q, **params))["items"]]


def marked(snippet: dict[str, Any]) -> list[str]:
    return [snippet["text"][start:end] for start, end in snippet["ranges"]]


@pytest.mark.parametrize(
    ("q", "marks"),
    [
        ("élève", ["élèves"]),
        ("ELEVES", ["élèves"]),
        ("réunion budget", ["réunions", "budgets"]),
        ('"les réunions"', ["Les", "réunions"]),
        ("budg*", ["budgets"]),
        ("reunion -comptable", ["réunions"]),
        ("l'élève", ["élèves", "l"]),
        ("\u0301e\u0301leve", ["élèves"]),
    ],
)
async def test_words_are_found_in_all_their_forms_and_marked(
    ada: httpx.AsyncClient, database: Database, q: str, marks: list[str]
) -> None:
    meeting_id = await tell(database, ada, "Bonjour.", "Les réunions des élèves, l'art et les budgets")
    found = await search(ada, q)
    assert [hit["meeting_id"] for hit in found["items"]] == [meeting_id]
    [segment] = found["items"][0]["segments"]
    assert (segment["segment_id"], segment["start"], segment["speaker"]) == (2, 10.0, "Ada")
    assert marked(segment["snippet"]) == marks


@pytest.mark.parametrize(
    "q",
    ["reunion -budget", '"budgets les"', '"réunion"', "réunions comptables", "budgetaire*", "bon* réunion"],
)
async def test_what_does_not_match_is_not_found(ada: httpx.AsyncClient, database: Database, q: str) -> None:
    await tell(database, ada, "Bonjour.", "Les réunions et les budgets")
    assert (await search(ada, q))["total"] == {"count": 0, "exact": True}


async def test_each_language_is_found_by_its_own_forms(ada: httpx.AsyncClient, database: Database) -> None:
    english = await tell(database, ada, "They were discussing budgets", spoken="en-GB")
    french = await tell(database, ada, "On discutait des budgets", spoken="fr")
    other = await tell(database, ada, "Wir besprechen Budgets", spoken="de")
    assert await ids(ada, "discuss") == [english]
    assert await ids(ada, "discuter") == [french]
    assert await ids(ada, "besprechen") == [other]
    assert await ids(ada, "budget", language="en") == [english]
    assert set(await ids(ada, "budgets")) == {english, french, other}


async def test_titles_tags_and_notes_are_found_too(ada: httpx.AsyncClient, database: Database) -> None:
    titled = await tell(database, ada, "Bonjour.", title="Réunion de l'équipe")
    tagged = await tell(database, ada, "Bonjour.", tags=["équipe rouge"])
    noted = await tell(database, ada, "Bonjour.", notes=f"{'mot ' * 200}équipes et plus")
    hits = {hit["meeting_id"]: hit for hit in (await search(ada, "equipe"))["items"]}
    assert set(hits) == {titled, tagged, noted}
    assert marked(hits[titled]["title"]) == ["équipe"]
    assert marked(hits[noted]["notes"]) == ["équipes"]
    assert hits[noted]["notes"]["cut_before"]
    assert (hits[tagged]["tags"], hits[tagged]["notes"], hits[tagged]["segments"]) == (
        ["équipe rouge"],
        None,
        [],
    )


async def test_what_matches_better_comes_first(ada: httpx.AsyncClient, database: Database) -> None:
    once = await tell(database, ada, "un budget parmi bien d'autres choses", "rien")
    often = await tell(database, ada, "le budget", "encore le budget", "toujours le budget")
    titled = await tell(database, ada, "le budget", title="Budget")
    assert await ids(ada, "budget") == [titled, often, once]


async def test_the_best_segments_are_shown_by_time(ada: httpx.AsyncClient, database: Database) -> None:
    await tell(database, ada, *(f"budget numéro {n}" for n in range(6)))
    [hit] = (await search(ada, "budget", segments=2))["items"]
    assert hit["matches"] == 6
    assert [segment["start"] for segment in hit["segments"]] == [0.0, 10.0]
    assert (await search(ada, "budget", segments=0))["items"][0]["segments"] == []


async def test_only_what_somebody_says_is_searched_on_request(
    ada: httpx.AsyncClient, database: Database
) -> None:
    await tell(database, ada, ("Ada", "le budget"), ("Bob", "un autre budget"))
    [hit] = (await search(ada, "budget", speaker="Bob"))["items"]
    assert [segment["speaker"] for segment in hit["segments"]] == ["Bob"]
    assert await ids(ada, "budget", speaker="Eve") == []


async def test_a_long_segment_is_cut_around_what_was_found(
    ada: httpx.AsyncClient, database: Database
) -> None:
    await tell(database, ada, f"{'avant ' * 100}<b>budget</b> {'après ' * 100}")
    [hit] = (await search(ada, "budget"))["items"]
    snippet = hit["segments"][0]["snippet"]
    assert marked(snippet) == ["budget"]
    assert "<b>budget</b>" in snippet["text"]
    assert len(snippet["text"]) <= 300
    assert (snippet["cut_before"], snippet["cut_after"]) == (True, True)


async def test_nobody_finds_what_they_may_not_see(
    ada: httpx.AsyncClient, bob: httpx.AsyncClient, admin: httpx.AsyncClient, database: Database
) -> None:
    hers = await tell(database, ada, "le budget secret", title="Budget")
    assert await ids(bob, "budget") == []
    assert await ids(admin, "budget") == [hers]
    project_id = (await ada.get(f"/meetings/{hers}")).json()["project_id"]
    assert await ids(bob, "budget", project_id=project_id) == []
    async with database.transaction() as session:
        user_id = (await bob.get("/auth/me")).json()["id"]
        session.add(ProjectMember(project_id=project_id, user_id=user_id, role=ProjectRole.VIEWER))
    assert await ids(bob, "budget") == [hers]


@pytest.mark.parametrize("way", list(candidates.Way))
async def test_pages_show_every_hit_once_even_when_more_come_in(
    ada: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch, way: candidates.Way
) -> None:
    monkeypatch.setattr(candidates, "RARE", 10_000 if way is candidates.Way.INDEX else -1)
    made = {await tell(database, ada, *["le budget"] * (number + 1)) for number in range(5)}
    seen: list[str] = []
    query: dict[str, Any] = {"limit": 2}
    while True:
        page = await search(ada, "budget", **query)
        assert page["total"] == {"count": 5, "exact": True}
        seen += [hit["meeting_id"] for hit in page["items"]]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
        await tell(database, ada, "le budget de plus")
    assert len(seen) == 5
    assert set(seen) == made


async def test_common_words_are_ranked_among_the_newest_meetings(
    ada: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "RARE", -1)
    monkeypatch.setattr(candidates, "RANKED", 2)
    await tell(database, ada, "le budget", "le budget", "le budget")
    newer = [await tell(database, ada, "le budget"), await tell(database, ada, "le budget", "le budget")]
    found = await search(ada, "budget")
    assert [hit["meeting_id"] for hit in found["items"]] == newer[::-1]
    assert [hit["matches"] for hit in found["items"]] == [2, 1]
    assert found["total"] == {"count": 2, "exact": False}


async def test_words_that_are_common_apart_are_found_together_in_old_meetings(
    ada: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "RARE", 1)
    monkeypatch.setattr(candidates, "WALKED", 2)
    old = await tell(database, ada, "le budget de l'équipe")
    for said in ("le budget", "une équipe"):
        await tell(database, ada, said)
    found = await search(ada, "budget équipe")
    assert [hit["meeting_id"] for hit in found["items"]] == [old]
    assert found["total"] == {"count": 1, "exact": True}


@pytest.mark.parametrize(("bound", "value"), [("WALKED", 2), ("WALKED_S", 15.0)])
async def test_a_walk_that_ends_before_the_oldest_meeting_is_said_to_be_inexact(
    ada: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch, bound: str, value: float
) -> None:
    monkeypatch.setattr(candidates, "RARE", 2)
    made = [await tell(database, ada, "le budget") for _ in range(3)]
    found = await search(ada, "budget")
    assert sorted(hit["meeting_id"] for hit in found["items"]) == sorted(made)
    assert found["total"] == {"count": 3, "exact": True}
    monkeypatch.setattr(candidates, bound, value)
    found = await search(ada, "budget")
    assert sorted(hit["meeting_id"] for hit in found["items"]) == sorted(made[1:])
    assert found["total"] == {"count": 2, "exact": False}


async def test_what_is_common_in_titles_is_walked_through_too(
    ada: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "RARE", 2)
    monkeypatch.setattr(candidates, "WALKED", 2)
    for _ in range(3):
        await tell(database, ada, "bonjour", title="Budget")
    assert (await search(ada, "budget"))["total"] == {"count": 2, "exact": False}


async def test_what_is_too_common_to_count_is_never_ranked_by_the_index(
    ada: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "COUNTED", -1)
    monkeypatch.setattr(candidates, "WALKED", 1)
    await tell(database, ada, "le budget")
    await tell(database, ada, "une équipe")
    assert await search(ada, "budget") == {
        "items": [],
        "next_cursor": None,
        "total": {"count": 0, "exact": False},
    }


async def test_a_cursor_does_not_make_a_common_word_be_ranked_by_the_index(
    ada: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await tell(database, ada, "le budget")
    first = await search(ada, "budget", limit=1)
    assert first["total"] == {"count": 3, "exact": True}
    monkeypatch.setattr(candidates, "RARE", 2)
    monkeypatch.setattr(candidates, "WALKED", 2)
    second = await search(ada, "budget", limit=1, cursor=first["next_cursor"])
    assert second["total"] == {"count": 2, "exact": False}


async def test_what_repeats_in_text_and_phrases_is_marked_once(
    ada: httpx.AsyncClient, database: Database
) -> None:
    await tell(database, ada, "le le le le budget")
    [hit] = (await search(ada, '"le le" "le le" "le budget" "LÉ le le"'))["items"]
    assert marked(hit["segments"][0]["snippet"]) == ["le", "le", "le", "le", "budget"]
    [hit] = (await search(ada, '"le le le le budget" -"budget le"'))["items"]
    assert len(marked(hit["segments"][0]["snippet"])) == 5


@pytest.mark.parametrize(
    "q", ["", "   ", "?!", "-budget", '-"le budget"', '""', "*", "-", "\0", "\u0301", "\u0301*"]
)
async def test_a_search_for_nothing_is_refused(ada: httpx.AsyncClient, q: str) -> None:
    response = await ada.get("/search", params={"q": q})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "SEARCH_EMPTY")


async def test_a_cursor_of_another_search_is_refused(ada: httpx.AsyncClient, database: Database) -> None:
    for _ in range(2):
        await tell(database, ada, "le budget")
    cursor = (await search(ada, "budget", limit=1))["next_cursor"]
    for q, asked in (("budgets", cursor), ("budget", "x"), ("budget", cursor[:-4])):
        response = await ada.get("/search", params={"q": q, "limit": 1, "cursor": asked})
        assert (response.status_code, response.json()["error"]["code"]) == (400, "CURSOR_INVALID")


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(q=st.one_of(st.text(max_size=300), st.text(alphabet="aé'\"*-\\&|!<>:() ½ﬁ", max_size=60)))
async def test_no_text_is_an_error(ada: httpx.AsyncClient, q: str) -> None:
    response = await ada.get("/search", params={"q": q.encode(errors="replace").decode()})
    assert response.status_code == 200 or response.json()["error"]["code"] == "SEARCH_EMPTY"
