"""Find and replace over a meeting, and what the project learns from it."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from scribe.db import Database
from scribe.db.models import Meeting, Project

pytestmark = pytest.mark.integration

Editor = Any
WANTED = {"find": "graph anna", "replace": "Grafana"}


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


async def project_of(database: Database, editor: Editor) -> Project:
    async with database.transaction() as session:
        of_meeting = select(Project).join(Meeting, Meeting.project_id == Project.id)
        return (await session.scalars(of_meeting.where(Meeting.id == editor.meeting_id))).one()


async def test_every_occurrence_is_replaced_in_one_revision(editor: Editor) -> None:
    told = (await editor.post("transcript/replace", WANTED)).json()
    assert (told["revision"], told["count"], told["added_to_glossary"]) == (2, 2, False)
    assert [(hit["segment"], hit["before"], hit["after"]) for hit in told["hits"]] == [
        (3, "Yes, graph anna is down.", "Yes, Grafana is down."),
        (4, "Graph Anna again?", "Grafana again?"),
    ]
    assert (await editor.texts())[2:] == ["Yes, Grafana is down.", "Grafana again?"]


async def test_a_dry_run_only_tells(editor: Editor) -> None:
    told = (await editor.post("transcript/replace", {**WANTED, "dry_run": True})).json()
    assert (told["revision"], told["count"], told["segments"]) == (1, 2, [])
    assert len(await editor.history()) == 1


async def test_nothing_found_changes_and_teaches_nothing(editor: Editor, database: Database) -> None:
    wanted = {"find": "Prometheus", "replace": "Grafana", "add_to_glossary": True}
    told = (await editor.post("transcript/replace", wanted)).json()
    assert (told["revision"], told["count"], told["added_to_glossary"]) == (1, 0, False)
    assert (await project_of(database, editor)).glossary == []


async def test_the_pair_is_taught_to_the_project_once(editor: Editor, database: Database) -> None:
    told = await editor.post("transcript/replace", {**WANTED, "add_to_glossary": True})
    assert told.json()["added_to_glossary"] is True
    again = {"find": "Grafana", "replace": "graph anna"}
    await editor.post("transcript/replace", again, seen=2)
    await editor.post("transcript/replace", {**WANTED, "add_to_glossary": True}, seen=3)
    project = await project_of(database, editor)
    assert project.glossary == [{"heard": "graph anna", "meant": "Grafana"}]
    assert project.options["vocabulary"] == ["Grafana"]


async def test_a_full_glossary_refuses_the_pair_and_the_edit(editor: Editor, database: Database) -> None:
    async with database.transaction() as session:
        project = await session.get_one(Project, (await project_of(database, editor)).id)
        project.options = {"vocabulary": [f"term {number}" for number in range(200)]}
    response = await editor.post("transcript/replace", {**WANTED, "add_to_glossary": True})
    assert code(response) == (409, "GLOSSARY_FULL")
    assert (await editor.read())["revision"] == 1


@pytest.mark.parametrize(
    "wanted",
    [
        {"find": "", "replace": "x"},
        {"find": "x", "replace": "", "add_to_glossary": True},
        {"find": "x", "replace": "y", "regex": True},
    ],
)
async def test_a_replacement_that_cannot_be_is_refused(editor: Editor, wanted: dict[str, Any]) -> None:
    assert code(await editor.post("transcript/replace", wanted)) == (422, "VALIDATION_ERROR")


async def test_a_replacement_needs_the_revision_that_was_seen(editor: Editor) -> None:
    assert code(await editor.post("transcript/replace", WANTED, seen=None)) == (428, "REVISION_REQUIRED")
    assert code(await editor.post("transcript/replace", WANTED, seen=2)) == (412, "REVISION_STALE")
    unknown = {**WANTED, "speaker": "S9"}
    assert code(await editor.post("transcript/replace", unknown)) == (422, "SPEAKER_NOT_FOUND")
