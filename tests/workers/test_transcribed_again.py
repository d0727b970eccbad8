"""A meeting that people have edited is transcribed again: nothing of either is lost."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from scribe import jobs
from scribe.db.models import JobKind, Meeting, MeetingStatus, RevisionKind, Segment, TranscriptRevision
from scribe.revisions.current import Origin, make_current
from scribe.revisions.lookup import document_key
from scribe.storage import keys
from scribe.transcript.document import dumps, loads

pytestmark = pytest.mark.integration
Bench = Any


async def edit(bench: Bench, meeting: Meeting, text: str) -> None:
    """Give the first segment another text, as somebody does who edits."""
    async with bench.database.transaction() as session:
        locked = await session.get_one(Meeting, meeting.id, with_for_update=True)
        key = await document_key(session, locked.id, locked.revision)
        document = loads(await bench.store.get_bytes(key))
        first = document.segments[0].model_copy(update={"text": text, "words": ()})
        number = document.revision + 1
        edited = document.model_copy(update={"revision": number, "segments": (first, *document.segments[1:])})
        written = keys.transcript(locked.id, number, "a1")
        await bench.store.put_bytes(written, dumps(edited), content_type="application/json")
        origin = Origin(kind=RevisionKind.EDIT, actor="ada@example.org", suffix="a1")
        await make_current(session, locked, edited, origin)


async def at_work(bench: Bench, meeting: Meeting) -> bool:
    return (await bench.job(meeting.id)).stage is not None


async def test_edits_stay_in_the_history_and_the_reader_is_told(bench: Bench, recording: bytes) -> None:
    meeting = await bench.run(await bench.upload(recording))
    await edit(bench, meeting, "Edited before.")
    async with bench.database.transaction() as session:
        again = await session.get_one(Meeting, meeting.id)
        again.speakers = 3
        again.options = {**again.options, "dummy": {"seconds": 3}}
        job = await jobs.enqueue(session, JobKind.TRANSCRIBE, again)

    async with bench.worker() as worker:
        working = asyncio.create_task(worker.run_job(str(job.id)))
        await bench.until(lambda: at_work(bench, meeting))
        await edit(bench, meeting, "Edited meanwhile.")
        await working

    done = await bench.meeting(meeting.id)
    assert (done.status, done.revision) == (MeetingStatus.COMPLETED, 4)
    assert [warning["code"] for warning in done.warnings].count("EDITS_SUPERSEDED") == 1
    assert (await bench.document(meeting.id, 2)).segments[0].text == "Edited before."
    assert (await bench.document(meeting.id, 3)).segments[0].text == "Edited meanwhile."
    newest = await bench.document(meeting.id, 4)
    assert (newest.revision, len(newest.speakers)) == (4, 3)
    async with bench.database.transaction() as session:
        rows = select(TranscriptRevision).order_by(TranscriptRevision.revision)
        kinds = [row.kind for row in await session.scalars(rows)]
        texts = set(await session.scalars(select(Segment.text)))
    assert kinds == ["machine", "edit", "edit", "machine"]
    assert texts == {segment.text for segment in newest.segments}


async def test_an_edit_between_the_document_and_its_row_is_followed(
    bench: Bench, recording: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker writes its document before it locks: it then writes another, and removes the first."""
    meeting = await bench.run(await bench.upload(recording))
    put = bench.store.put_bytes
    transcripts = f"{keys.meeting(meeting.id)}transcripts/"
    written: list[str] = []

    async def edited_after(key: str, data: bytes, *, content_type: str) -> None:
        await put(key, data, content_type=content_type)
        if key.startswith(transcripts):
            written.append(key)
            if len(written) == 1:
                with monkeypatch.context() as undone:
                    undone.setattr(bench.store, "put_bytes", put)
                    await edit(bench, meeting, "Edited at the last moment.")

    monkeypatch.setattr(bench.store, "put_bytes", edited_after)
    async with bench.database.transaction() as session:
        await jobs.enqueue(session, JobKind.TRANSCRIBE, await session.get_one(Meeting, meeting.id))

    done = await bench.run(meeting.id)

    assert (done.status, done.revision, len(written)) == (MeetingStatus.COMPLETED, 3, 2)
    assert "EDITS_SUPERSEDED" in {warning["code"] for warning in done.warnings}
    assert (await bench.document(meeting.id, 2)).segments[0].text == "Edited at the last moment."
    assert (await bench.document(meeting.id, 3)).revision == 3
    left = [head.key async for head in bench.store.list(transcripts)]
    assert len(left) == 3
    assert written[0] not in left


async def test_a_job_that_is_cancelled_as_it_is_published_leaves_no_document(
    bench: Bench, recording: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting_id = await bench.upload(recording)
    transcripts = f"{keys.meeting(meeting_id)}transcripts/"
    put = bench.store.put_bytes

    async def cancelled_after(key: str, data: bytes, *, content_type: str) -> None:
        await put(key, data, content_type=content_type)
        if key.startswith(transcripts):
            async with bench.database.transaction() as session:
                await jobs.cancel(session, await session.get_one(Meeting, meeting_id))

    monkeypatch.setattr(bench.store, "put_bytes", cancelled_after)
    assert (await bench.run(meeting_id)).status == MeetingStatus.CANCELLED
    assert [head.key async for head in bench.store.list(transcripts)] == []


async def test_a_transcription_that_replaces_no_edit_says_nothing_of_any(
    bench: Bench, recording: bytes
) -> None:
    meeting = await bench.run(await bench.upload(recording))
    async with bench.database.transaction() as session:
        await jobs.enqueue(session, JobKind.TRANSCRIBE, await session.get_one(Meeting, meeting.id))
    done = await bench.run(meeting.id)
    assert done.revision == 2
    assert "EDITS_SUPERSEDED" not in {warning["code"] for warning in done.warnings}
