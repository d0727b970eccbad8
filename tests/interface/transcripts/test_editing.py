"""Operations on a revision, and what keeps two writers from losing each other's work."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from scribe.db import Database
from scribe.db.models import Meeting, Segment
from scribe.revisions.current import Origin, make_current
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import dumps, loads

pytestmark = pytest.mark.integration

Editor = Any


async def objects(store: ObjectStore, editor: Editor) -> list[str]:
    prefix = f"{keys.meeting(editor.meeting_id)}transcripts/"
    return [head.key async for head in store.list(prefix)]


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


async def test_an_edit_makes_the_next_revision_and_tells_what_changed(editor: Editor) -> None:
    response = await editor.edit(2, "Shall we begin?")
    assert (response.status_code, response.headers["ETag"]) == (200, '"2"')
    told = response.json()
    assert (told["revision"], told["deleted"]) == (2, [])
    assert [speaker["id"] for speaker in told["speakers"]] == ["S1", "S2"]
    [changed] = told["segments"]
    assert (changed["position"], changed["segment"]["text"]) == (1, "Shall we begin?")
    assert (await editor.read())["segments"][1] == changed["segment"]


async def test_words_that_stay_keep_their_times(editor: Editor) -> None:
    before = (await editor.read())["segments"][1]["words"]
    await editor.edit(2, "Shall we all begin?")
    after = (await editor.read())["segments"][1]["words"]
    assert after[:2] == before[:2]
    assert [word["text"] for word in after] == ["Shall", "we", "all", "begin?"]
    assert {word["confidence"] for word in after[2:]} == {1.0}
    assert after[2]["start"] == before[2]["start"]
    assert after[3]["end"] == before[2]["end"]


async def test_the_tag_of_the_document_is_what_an_edit_names(editor: Editor) -> None:
    tag = (await editor.client.get(f"{editor.path}/transcript")).headers["ETag"]
    assert (await editor.edit(1, "Hello.", seen=int(tag.strip('"')))).status_code == 200
    document = await editor.client.get(f"{editor.path}/transcript", headers={"If-None-Match": tag})
    assert (document.status_code, document.headers["ETag"]) == (200, '"2"')


async def test_all_operations_of_a_request_make_one_revision(editor: Editor) -> None:
    response = await editor.apply(
        {"op": "add_speaker", "speaker": "carol", "name": "Carol"},
        {"op": "set_speaker", "segment": 4, "speaker": "carol"},
        {"op": "rename_speaker", "speaker": "S1", "name": "Ada"},
        {"op": "split_segment", "segment": 3, "at": 1},
        {"op": "merge_segments", "segment": 1, "next": 2},
        {"op": "set_flags", "segment": 1, "flags": ["uncertain"]},
        {"op": "review", "segment": 1},
    )
    assert response.json()["revision"] == 2
    document = await editor.read()
    said = [(part["id"], part["speaker"], part["text"]) for part in document["segments"]]
    assert said == [
        (1, "S1", "Good morning everyone. Shall we start?"),
        (3, "S1", "Yes,"),
        (5, "S1", "graph anna is down."),
        (4, "carol", "Graph Anna again?"),
    ]
    assert document["segments"][0]["flags"] == ["reviewed"]
    assert [speaker["name"] for speaker in document["speakers"]] == ["Ada", None, "Carol"]
    assert response.json()["deleted"] == [2]


async def test_an_operation_that_cannot_be_done_undoes_those_before_it(editor: Editor) -> None:
    response = await editor.apply(
        {"op": "edit_text", "segment": 1, "text": "Lost?"},
        {"op": "delete_segment", "segment": 99},
    )
    assert code(response) == (422, "SEGMENT_NOT_FOUND")
    detail = response.json()["error"]["detail"]
    assert (detail["operation"], detail["segment"]) == (1, 99)
    assert (await editor.read())["revision"] == 1


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        ({"op": "set_speaker", "segment": 1, "speaker": "S9"}, "SPEAKER_NOT_FOUND"),
        ({"op": "shout", "segment": 1}, "VALIDATION_ERROR"),
        ({"op": "delete_segment", "segment": 1, "revision": 7}, "VALIDATION_ERROR"),
        ({"op": "rename_speaker", "speaker": "S1", "name": "\u0007"}, "VALIDATION_ERROR"),
    ],
)
async def test_what_cannot_be_done_is_refused(
    editor: Editor, operation: dict[str, Any], expected: str
) -> None:
    assert code(await editor.apply(operation)) == (422, expected)


async def test_half_a_character_is_refused(editor: Editor) -> None:
    response = await editor.client.post(
        f"{editor.path}/transcript/operations",
        content=rb'{"operations": [{"op": "edit_text", "segment": 1, "text": "\ud800"}]}',
        headers={"If-Match": '"1"', "Content-Type": "application/json"},
    )
    assert code(response) == (422, "VALIDATION_ERROR")


async def test_between_one_and_five_hundred_operations_are_taken(editor: Editor) -> None:
    review = {"op": "review", "segment": 1}
    assert code(await editor.apply()) == (422, "VALIDATION_ERROR")
    assert code(await editor.apply(*[review] * 501)) == (422, "VALIDATION_ERROR")
    assert (await editor.apply(*[review] * 500)).status_code == 200


async def test_characters_that_nobody_sees_never_reach_the_transcript(editor: Editor) -> None:
    assert (await editor.edit(1, "Good\u0000 \n morning")).status_code == 200
    assert (await editor.texts())[0] == "Good morning"


async def test_an_edit_that_changes_nothing_makes_no_revision(editor: Editor) -> None:
    response = await editor.edit(1, "  Good morning   everyone. ")
    assert (response.json()["revision"], response.json()["segments"]) == (1, [])
    assert len(await editor.history()) == 1


async def test_an_emptied_segment_is_deleted_and_its_number_never_given_again(editor: Editor) -> None:
    assert (await editor.edit(4, "")).json()["deleted"] == [4]
    split = {"op": "split_segment", "segment": 1, "at": 1}
    response = await editor.apply(split, seen=2)
    assert [placed["segment"]["id"] for placed in response.json()["segments"]] == [1, 5]


@pytest.mark.parametrize(
    ("header", "expected"),
    [(None, (428, "REVISION_REQUIRED")), ('W/"1"', (412, "REVISION_STALE")), ('"7" , "1"', (200, None))],
)
async def test_an_edit_names_the_revision_that_its_writer_has_seen(
    editor: Editor, header: str | None, expected: tuple[int, str | None]
) -> None:
    response = await editor.apply({"op": "review", "segment": 1}, seen=header)
    assert (response.status_code, response.json().get("error", {}).get("code")) == expected


async def test_a_stale_edit_loses_nothing_and_leaves_nothing_behind(
    editor: Editor, store: ObjectStore
) -> None:
    assert (await editor.edit(1, "First.")).status_code == 200
    late = await editor.edit(1, "Second.")
    assert code(late) == (412, "REVISION_STALE")
    assert late.json()["error"]["detail"]["current"] == 2
    assert late.headers["ETag"] == '"2"'
    assert (await editor.texts())[0] == "First."
    assert len(await objects(store, editor)) == 2


async def test_of_two_edits_of_one_revision_at_once_one_wins(editor: Editor, store: ObjectStore) -> None:
    one, two = await asyncio.gather(editor.edit(1, "One."), editor.edit(2, "Two."))
    assert sorted([one.status_code, two.status_code]) == [200, 412]
    texts = await editor.texts()
    assert ("One." in texts) is (one.status_code == 200)
    assert ("Two." in texts) is (two.status_code == 200)
    assert len(await objects(store, editor)) == 2


async def test_an_edit_that_somebody_elsewhere_overtakes_is_stale_and_overwrites_nothing(
    editor: Editor, database: Database, store: ObjectStore, blocked: Callable[[int], Awaitable[None]]
) -> None:
    first = loads((await editor.client.get(f"{editor.path}/transcript")).content)
    async with database.transaction() as session:
        meeting = await session.get_one(Meeting, editor.meeting_id, with_for_update=True)
        edit = asyncio.create_task(editor.edit(1, "Too late."))
        await blocked(1)
        second = first.model_copy(update={"revision": 2, "language": "fr"})
        await store.put_bytes(keys.transcript(meeting.id, 2), dumps(second), content_type="application/json")
        await make_current(session, meeting, second, Origin())
    assert code(await edit) == (412, "REVISION_STALE")
    assert (await editor.read())["language"] == "fr"
    assert len(await objects(store, editor)) == 2


async def test_fifty_writers_with_a_retry_each_lose_no_edit(ada: httpx.AsyncClient, make_editor: Any) -> None:
    texts = [f"number {number}" for number in range(1, 51)]
    editor = await make_editor(ada, texts)

    async def write(segment: int) -> None:
        seen = 1
        while (response := await editor.edit(segment, f"edited {segment}", seen=seen)).status_code != 200:
            assert code(response) == (412, "REVISION_STALE")
            seen = response.json()["error"]["detail"]["current"]

    await asyncio.gather(*(write(segment) for segment in range(1, 51)))
    assert await editor.texts() == [f"edited {number}" for number in range(1, 51)]
    assert [row["revision"] for row in await editor.history()][:1] == [51]
    edited = [
        sum(text.startswith("edited") for text in await editor.texts(revision=revision))
        for revision in range(1, 52)
    ]
    assert edited == list(range(51))


async def test_a_meeting_without_a_transcript_cannot_be_edited(
    ada: httpx.AsyncClient, make_editor: Any
) -> None:
    editor = await make_editor(ada, None)
    assert code(await editor.edit(1, "Too early.")) == (409, "TRANSCRIPT_NOT_READY")


async def test_an_edit_while_the_meeting_is_deleted_finds_no_meeting(
    editor: Editor, database: Database, store: ObjectStore, blocked: Callable[[int], Awaitable[None]]
) -> None:
    async with database.transaction() as session:
        await session.get_one(Meeting, editor.meeting_id, with_for_update=True)
        edit = asyncio.create_task(editor.edit(1, "Too late."))
        await blocked(1)
        await session.delete(await session.get_one(Meeting, editor.meeting_id))
    assert code(await edit) == (404, "MEETING_NOT_FOUND")
    assert len(await objects(store, editor)) == 1


async def test_a_strangers_edit_finds_no_meeting(editor: Editor, bob: httpx.AsyncClient) -> None:
    stranger = type(editor)(bob, editor.meeting_id)
    assert code(await stranger.edit(1, "Mine now.")) == (404, "MEETING_NOT_FOUND")
    assert code(await stranger.post("revisions/1/restore")) == (404, "MEETING_NOT_FOUND")
    assert code(await stranger.post("transcript/replace", {"find": "a", "replace": "b"})) == (
        404,
        "MEETING_NOT_FOUND",
    )


async def test_search_and_the_meeting_follow_the_newest_revision(editor: Editor, database: Database) -> None:
    await editor.apply(
        {"op": "rename_speaker", "speaker": "S1", "name": "Ada"},
        {"op": "edit_text", "segment": 1, "text": "Bonjour à tous."},
        {"op": "delete_segment", "segment": 4},
    )
    async with database.transaction() as session:
        rows = select(Segment).where(Segment.meeting_id == editor.meeting_id).order_by(Segment.start)
        indexed = [(row.segment_id, row.speaker, row.text) for row in await session.scalars(rows)]
    assert indexed[0] == (1, "Ada", "Bonjour à tous.")
    assert [number for number, _, _ in indexed] == [1, 2, 3]
    shown = (await editor.client.get(editor.path)).json()
    assert (shown["revision"], shown["speaker_names"]) == (2, ["Ada", "Speaker 2"])


async def test_subtitles_follow_the_newest_revision(editor: Editor) -> None:
    await editor.edit(1, "Bonjour à tous.")
    subtitles = await editor.client.get(f"{editor.path}/transcript", params={"format": "srt"})
    assert "Bonjour à tous." in subtitles.text
    assert "Good" not in subtitles.text


async def test_rebuilding_the_index_reads_the_edited_document(
    editor: Editor, database: Database, store: ObjectStore
) -> None:
    from scribe.search import rebuild

    await editor.edit(1, "Bonjour à tous.")
    async with database.transaction() as session:
        for row in await session.scalars(select(Segment)):
            await session.delete(row)
    assert await rebuild(database, store) == 1
    async with database.transaction() as session:
        texts = set(await session.scalars(select(Segment.text)))
    assert "Bonjour à tous." in texts


async def test_an_unknown_meeting_cannot_be_edited(editor: Editor) -> None:
    editor.path = f"/meetings/{uuid.uuid4()}"
    assert code(await editor.edit(1, "Nobody.")) == (404, "MEETING_NOT_FOUND")
