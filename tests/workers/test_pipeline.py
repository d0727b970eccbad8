import asyncio
import json
from typing import Any

import pytest
from sqlalchemy import delete, select, text

from scribe import jobs
from scribe.db.models import JobKind, JobStatus, Meeting, MeetingStatus, Segment
from scribe.search import rebuild
from scribe.storage import keys

pytestmark = pytest.mark.integration
Bench = Any


async def test_a_recording_becomes_a_transcript(bench: Bench, recording: bytes) -> None:
    meeting_id = await bench.upload(recording)
    meeting = await bench.run(meeting_id)
    assert (meeting.status, meeting.revision) == (MeetingStatus.COMPLETED, 1)
    assert meeting.duration == pytest.approx(12, abs=0.1)
    assert (meeting.sample_rate, meeting.channels, meeting.has_video) == (16_000, 1, False)
    assert meeting.processing_seconds is not None
    assert meeting.processing_seconds > 0

    transcript = await bench.document(meeting_id)
    assert transcript.engines.transcriber.name == "dummy"
    assert [speaker.label for speaker in transcript.speakers] == ["Speaker 1", "Speaker 2"]
    assert "this is not what was said" in " ".join(segment.text for segment in transcript.segments)
    assert set(transcript.timings) >= {"convert", "diarise", "transcribe", "fuse"}
    assert "ENGINE_DUMMY" in {notice.code for notice in transcript.warnings}
    for key in (keys.audio, keys.playback, keys.peaks, keys.media):
        assert await bench.store.exists(key(meeting_id)), key
    assert len(await products(bench, meeting_id, "diarization")) == 1
    assert len(await products(bench, meeting_id, "transcription")) == 1


async def products(bench: Bench, meeting_id: Any, stage: str) -> list[str]:
    return [head.key async for head in bench.store.list(f"{keys.meeting(meeting_id)}{stage}/")]


async def test_the_transcript_can_be_found_by_its_words(bench: Bench, recording: bytes) -> None:
    meeting_id = await bench.upload(recording)
    await bench.run(meeting_id)
    found = select(Segment).where(
        Segment.meeting_id == meeting_id, text("search @@ plainto_tsquery('simple', 'what was said')")
    )
    async with bench.database.transaction() as session:
        segment = (await session.scalars(found)).first()
    assert segment is not None
    assert segment.speaker == "Speaker 1"


async def test_a_retry_resumes_after_the_last_finished_stage(bench: Bench, recording: bytes) -> None:
    meeting_id = await bench.upload(recording, dummy={"fail": "raise"})
    await bench.run(meeting_id)
    job = await bench.job(meeting_id)
    assert (job.status, job.error_code) == (JobStatus.QUEUED, "ENGINE_FAILED")
    before = await bench.store.head(keys.audio(meeting_id))

    async with bench.database.transaction() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        meeting.options = {"transcriber": "dummy", "diariser": "dummy"}
    await bench.until(lambda: due(bench, meeting_id))
    assert (await bench.run(meeting_id)).status == MeetingStatus.COMPLETED
    assert await bench.store.head(keys.audio(meeting_id)) == before
    assert (await bench.job(meeting_id)).timings.keys() >= {"convert", "diarise", "transcribe", "fuse"}


async def test_what_is_asked_for_anew_is_made_anew_and_what_is_not_is_kept(
    bench: Bench, recording: bytes
) -> None:
    meeting_id = await bench.upload(recording)
    await bench.run(meeting_id)
    async with bench.database.transaction() as session:
        meeting = await session.get_one(Meeting, meeting_id)
        meeting.speakers = 3
        await jobs.enqueue(session, JobKind.TRANSCRIBE, meeting)
    assert (await bench.run(meeting_id)).revision == 2
    transcript = await bench.document(meeting_id, 2)
    assert len(transcript.speakers) == 3
    assert len(await products(bench, meeting_id, "diarization")) == 2
    assert len(await products(bench, meeting_id, "transcription")) == 1


async def test_an_engine_that_does_not_exist_is_told_before_any_work(bench: Bench, recording: bytes) -> None:
    meeting_id = await bench.upload(recording, transcriber="oracle")
    meeting = await bench.run(meeting_id)
    assert (meeting.status, meeting.error_code) == (MeetingStatus.FAILED, "ENGINE_UNAVAILABLE")
    assert not await bench.store.exists(keys.audio(meeting_id))


async def test_a_worker_without_a_disk_fails_the_job_and_says_why(bench: Bench, recording: bytes) -> None:
    bench.settings.jobs.max_attempts = 1
    bench.folder /= "missing"
    meeting = await bench.run(await bench.upload(recording))
    assert (meeting.status, meeting.error_code) == (MeetingStatus.FAILED, "WORKER_FAULT")


async def test_a_product_that_cannot_be_read_is_made_again(bench: Bench, recording: bytes) -> None:
    meeting_id = await bench.upload(recording)
    await bench.store.put_bytes(keys.media(meeting_id), b"{}", content_type="application/json")
    assert (await bench.run(meeting_id)).status == MeetingStatus.COMPLETED


async def test_the_search_index_is_rebuilt_from_the_transcripts_in_s3(bench: Bench, recording: bytes) -> None:
    meeting_id = await bench.upload(recording)
    await bench.run(meeting_id)
    segments = select(Segment.text).where(Segment.meeting_id == meeting_id).order_by(Segment.segment_id)
    async with bench.database.transaction() as session:
        before = list(await session.scalars(segments))
        await session.execute(delete(Segment))
    assert await rebuild(bench.database, bench.store) == 1
    async with bench.database.transaction() as session:
        assert list(await session.scalars(segments)) == before


async def due(bench: Bench, meeting_id: Any) -> bool:
    statement = text("SELECT not_before <= now() FROM jobs WHERE meeting_id = :id")
    async with bench.database.transaction() as session:
        return bool(await session.scalar(statement, {"id": meeting_id}))


async def test_a_job_that_is_cancelled_stops_and_writes_nothing_more(bench: Bench, recording: bytes) -> None:
    meeting_id = await bench.upload(recording, dummy={"seconds": 60})
    job_id = str((await bench.job(meeting_id)).id)
    async with bench.worker() as worker:
        running = asyncio.create_task(worker.run_job(job_id))

        async def is_diarising() -> bool:
            return bool((await bench.job(meeting_id)).stage == "diarise")

        await bench.until(is_diarising)
        async with bench.database.transaction() as session:
            await jobs.cancel(session, await session.get_one(Meeting, meeting_id))
        async with asyncio.timeout(5):
            await running
    assert (await bench.meeting(meeting_id)).status == MeetingStatus.CANCELLED
    assert await products(bench, meeting_id, "diarization") == []


async def test_a_worker_that_is_told_to_stop_gives_its_job_back(bench: Bench, recording: bytes) -> None:
    meeting_id = await bench.upload(recording, dummy={"seconds": 60})
    job_id = str((await bench.job(meeting_id)).id)
    async with bench.worker() as worker:
        running = asyncio.create_task(worker.run_job(job_id))

        async def is_running() -> bool:
            return bool((await bench.job(meeting_id)).status == JobStatus.RUNNING)

        await bench.until(is_running)
        await worker.stop()
        await running
    job = await bench.job(meeting_id)
    assert (job.status, job.attempts, job.lease_owner) == (JobStatus.QUEUED, 0, None)


async def test_progress_and_status_are_told_while_the_job_runs(
    bench: Bench, recording: bytes, redis: Any
) -> None:
    from scribe.db import Database
    from scribe.queue import RedisAnnouncer

    announcer = RedisAnnouncer(bench.settings.redis)
    bench.database = Database(bench.settings.database, announcer)
    meeting_id = await bench.upload(recording)
    await bench.run(meeting_id)
    entries = await redis.xrange("scribe:events")
    told = [json.loads(fields["event"]) for _, fields in entries]
    events = [event for event in told if event["type"] == "meeting"]
    assert [event["status"] for event in events][:2] == ["PENDING", "PROCESSING"]
    assert events[-1]["status"] == "COMPLETED"
    stages = [event["stage"] for event in events if event["stage"]]
    assert list(dict.fromkeys(stages)) == ["convert", "diarise", "transcribe", "fuse", "publish"]
    await bench.database.close()
    await announcer.close()


async def test_a_recording_that_cannot_be_decoded_fails_for_good(bench: Bench) -> None:
    meeting_id = await bench.upload(b"RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00" + b"\x00" * 64)
    meeting = await bench.run(meeting_id)
    assert meeting.status == MeetingStatus.FAILED
    assert meeting.error_code is not None
    assert meeting.error_code.startswith(("MEDIA_", "NO_AUDIO", "UNSUPPORTED", "EMPTY"))
    assert not await bench.store.exists(keys.audio(meeting_id))


async def test_nothing_is_left_on_the_workers_disk(bench: Bench, recording: bytes) -> None:
    await bench.run(await bench.upload(recording))
    assert list(bench.folder.iterdir()) == []
