"""The history of a transcript: read, compared and restored."""

from typing import Any

import httpx
import pytest
from sqlalchemy import select

from scribe.db import Database
from scribe.db.models import AuditRecord

pytestmark = pytest.mark.integration

Editor = Any


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


async def test_the_history_tells_who_did_what_newest_first(editor: Editor) -> None:
    await editor.edit(1, "Hello.")
    await editor.post("transcript/replace", {"find": "start", "replace": "begin"}, seen=2)
    await editor.post("revisions/1/restore", seen=3)
    rows = await editor.history()
    told = [(row["revision"], row["kind"], row["restored_from"], row["current"]) for row in rows]
    assert told == [
        (4, "restore", 1, True),
        (3, "replace", None, False),
        (2, "edit", None, False),
        (1, "machine", None, False),
    ]
    assert rows[2]["summary"] == {"operations": {"edit_text": 1}}
    assert (rows[3]["actor"], rows[2]["actor"].endswith("@example.org")) == ("machine", True)


async def test_the_history_comes_in_pages(editor: Editor) -> None:
    await editor.edit(1, "Hello.")
    await editor.edit(1, "Hello again.", seen=2)
    path = f"{editor.path}/revisions"
    first = (await editor.client.get(path, params={"limit": 2})).json()
    assert [row["revision"] for row in first["items"]] == [3, 2]
    rest = await editor.client.get(path, params={"limit": 2, "cursor": first["next_cursor"]})
    assert ([row["revision"] for row in rest.json()["items"]], rest.json()["next_cursor"]) == ([1], None)
    assert code(await editor.client.get(path, params={"cursor": "-1"})) == (400, "CURSOR_INVALID")
    assert code(await editor.client.get(path, params={"cursor": "9" * 40})) == (400, "CURSOR_INVALID")


async def test_every_revision_can_be_read_and_rendered(editor: Editor) -> None:
    await editor.edit(1, "Hello.")
    assert (await editor.texts(revision=1))[0] == "Good morning everyone."
    assert (await editor.texts(revision=2))[0] == "Hello."
    old = await editor.client.get(f"{editor.path}/transcript", params={"revision": 1, "format": "txt"})
    assert "Good morning everyone." in old.text
    assert old.headers["ETag"] not in {'"1"', '"2"'}
    missing = await editor.client.get(f"{editor.path}/transcript", params={"revision": 3})
    assert code(missing) == (404, "REVISION_NOT_FOUND")


async def test_the_difference_of_two_revisions_is_told_to_the_word(editor: Editor) -> None:
    await editor.edit(2, "Shall we all start?")
    await editor.apply({"op": "delete_segment", "segment": 4}, seen=2)
    told = (await editor.client.get(f"{editor.path}/revisions/3/diff", params={"against": 1})).json()
    assert [line["id"] for line in told["removed"]] == [4]
    [changed] = told["changed"]
    assert changed["words"] == [
        {"kind": "same", "text": "Shall we"},
        {"kind": "added", "text": "all"},
        {"kind": "same", "text": "start?"},
    ]
    last = (await editor.client.get(f"{editor.path}/revisions/3/diff")).json()
    assert (last["against"], last["changed"]) == (2, [])
    assert code(await editor.client.get(f"{editor.path}/revisions/9/diff")) == (404, "REVISION_NOT_FOUND")


async def test_a_restored_revision_is_a_new_one_and_nothing_is_lost(editor: Editor) -> None:
    original = await editor.read()
    await editor.apply({"op": "merge_segments", "segment": 1, "next": 2})
    response = await editor.post("revisions/1/restore", seen=2)
    assert (response.status_code, response.headers["ETag"], response.json()["revision"]) == (200, '"3"', 3)
    assert [placed["segment"]["id"] for placed in response.json()["segments"]] == [1, 2]
    assert await editor.read() == {**original, "revision": 3}
    assert len(await editor.texts(revision=2)) == 3


async def test_a_restoration_is_refused_as_an_edit_is(editor: Editor) -> None:
    await editor.edit(1, "Hello.")
    assert code(await editor.post("revisions/1/restore", seen=1)) == (412, "REVISION_STALE")
    assert code(await editor.post("revisions/1/restore", seen=None)) == (428, "REVISION_REQUIRED")
    assert code(await editor.post("revisions/7/restore", seen=2)) == (404, "REVISION_NOT_FOUND")
    unchanged = await editor.post("revisions/2/restore", seen=2)
    assert (unchanged.json()["revision"], len(await editor.history())) == (2, 2)


async def test_a_download_is_remembered_and_a_look_is_not(editor: Editor, database: Database) -> None:
    path = f"{editor.path}/transcript"
    await editor.client.get(path)
    await editor.client.get(path, params={"download": True, "format": "srt"})
    acts = select(AuditRecord).where(AuditRecord.action == "meeting_exported")
    async with database.transaction() as session:
        [act] = await session.scalars(acts)
    assert (act.subject, act.detail) == (str(editor.meeting_id), {"revision": 1, "format": "srt"})
