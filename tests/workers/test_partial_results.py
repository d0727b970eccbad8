"""A part that fails does not take the rest with it, and a retry tries only that part again."""

from typing import Any

import pytest

from scribe import jobs
from scribe.db.models import JobKind, Meeting, MeetingStatus
from scribe.storage import keys
from scribe.transcript.document import Transcript
from scribe.transcript.options import RenderOptions
from scribe.transcript.txt import render_txt

pytestmark = pytest.mark.integration
Bench = Any


@pytest.fixture
def impatient(bench: Bench) -> Bench:
    """Every attempt is the last one."""
    bench.settings.jobs.max_attempts = 1
    return bench


async def transcript(bench: Bench, meeting: Meeting) -> Transcript:
    document: Transcript = await bench.document(meeting.id, meeting.revision or 0)
    return document


async def retried(bench: Bench, meeting: Meeting) -> Meeting:
    """The meeting after a retry with engines that work."""
    async with bench.database.transaction() as session:
        again = await session.get_one(Meeting, meeting.id)
        again.options = {"transcriber": "dummy", "diariser": "dummy"}
        await jobs.enqueue(session, JobKind.TRANSCRIBE, again)
    result: Meeting = await bench.run(meeting.id)
    return result


async def products(bench: Bench, meeting: Meeting, stage: str) -> dict[str, Any]:
    return {head.key: head async for head in bench.store.list(f"{keys.meeting(meeting.id)}{stage}/")}


@pytest.mark.parametrize("fail", ["raise", "crash", "oom"])
async def test_without_a_diariser_there_is_a_transcript_with_one_speaker_and_a_warning(
    impatient: Bench, recording: bytes, fail: str
) -> None:
    meeting = await impatient.run(await impatient.upload(recording, dummy={"fail": fail, "only": "diariser"}))

    assert meeting.status == MeetingStatus.COMPLETED
    delivered = await transcript(impatient, meeting)
    assert {segment.speaker for segment in delivered.segments} == {"S1"}
    assert [notice.code for notice in delivered.warnings].count("DIARISATION_FAILED") == 1


async def test_a_retry_then_runs_the_missing_stage_only(impatient: Bench, recording: bytes) -> None:
    order = {"fail": "raise", "only": "diariser"}
    meeting = await impatient.run(await impatient.upload(recording, dummy=order))
    async with impatient.database.transaction() as session:
        again = await session.get_one(Meeting, meeting.id)
        again.options = {"transcriber": "dummy", "diariser": "none", "dummy": order}
        await jobs.enqueue(session, JobKind.TRANSCRIBE, again)
    words_before = await products(impatient, meeting, "transcription")

    done = await impatient.run(meeting.id)

    assert (done.status, done.revision) == (MeetingStatus.COMPLETED, 2)
    assert await products(impatient, meeting, "transcription") == words_before
    assert "DIARISATION_FAILED" not in {warning["code"] for warning in done.warnings}


async def test_another_attempt_comes_before_giving_up_on_speakers(bench: Bench, recording: bytes) -> None:
    meeting = await bench.run(await bench.upload(recording, dummy={"fail": "crash", "only": "diariser"}))

    assert (meeting.status, meeting.error_code) == (MeetingStatus.PENDING, "ENGINE_CRASHED")
    assert len(await products(bench, meeting, "transcription")) == 1


async def test_a_stretch_that_failed_is_marked_and_the_rest_is_delivered(
    bench: Bench, recording: bytes
) -> None:
    meeting = await bench.run(await bench.upload(recording, dummy={"fail": "block"}))

    delivered = await transcript(bench, meeting)
    assert [segment.flags for segment in delivered.segments if not segment.text] == [("failed",)]
    assert any(segment.text for segment in delivered.segments)
    assert "[…]" in render_txt(delivered, RenderOptions())
    assert "BLOCK_FAILED" in {warning["code"] for warning in meeting.warnings}
    whole = await transcript(bench, await retried(bench, meeting))
    assert all(segment.text for segment in whole.segments)


async def test_wishes_that_no_engine_heeds_are_told(bench: Bench, recording: bytes) -> None:
    meeting = await bench.run(await bench.upload(recording, vocabulary=["Ada"], max_speakers=3))

    told = [warning["message"] for warning in meeting.warnings if warning["code"] == "WISH_UNHEEDED"]
    assert ["vocabulary" in message for message in told] == [True, False]
    assert "bounds on speakers" in told[1]


async def test_a_translation_that_the_engine_cannot_make_is_refused_before_any_work(
    bench: Bench, recording: bytes
) -> None:
    meeting = await bench.run(await bench.upload(recording, task="translate"))

    assert (meeting.status, meeting.error_code) == (MeetingStatus.FAILED, "TRANSLATION_UNAVAILABLE")
    assert not await bench.store.exists(keys.audio(meeting.id))
