"""The last stages: words and turns become the Transcript document, which then is the meeting's."""

import asyncio
import time

from scribe import jobs
from scribe.jobs import JobLost
from scribe.revisions.current import Origin, discard, make_current, new_suffix
from scribe.revisions.lookup import was_edited
from scribe.storage import keys
from scribe.transcript.document import BLOCK_FAILED, Engines, Notice, Transcript, dumps
from scribe_worker.engines.base import Transcription
from scribe_worker.pipeline.convert import ConvertedMedia
from scribe_worker.pipeline.diarise import DiarisedMeeting
from scribe_worker.pipeline.fuse import fuse
from scribe_worker.pipeline.transcribe import TranscribedMeeting
from scribe_worker.pipeline.work import Work

ENGLISH = "en"
"""What translations are into."""

FIRST = 1
"""The number of a transcript until it is known which revision it follows."""


async def publish(
    work: Work, media: ConvertedMedia, diarised: DiarisedMeeting, transcribed: TranscribedMeeting
) -> None:
    """Make the transcript and complete the meeting. Raises JobLost when the job was taken away meanwhile."""
    async with work.stage("fuse"):
        transcript = await asyncio.to_thread(_transcript, work, media, diarised, transcribed)
    async with work.stage("publish"):
        await _complete(work, transcript)


def _transcript(
    work: Work, media: ConvertedMedia, diarised: DiarisedMeeting, transcribed: TranscribedMeeting
) -> Transcript:
    started = time.monotonic()
    speakers, segments = fuse(
        transcribed.result.words,
        diarised.result.exclusive,
        transcribed.result.doubts,
        smooth=work.order.wishes.smooth_speakers,
    )
    work.timings["fuse"] = round(time.monotonic() - started, 3)
    order = work.order
    return Transcript(
        meeting_id=order.meeting_id,
        revision=FIRST,
        language=ENGLISH if order.wishes.task == "translate" else transcribed.result.language,
        duration=media.info.duration or 0.0,
        engines=Engines(transcriber=transcribed.used, diariser=diarised.used),
        speakers=speakers,
        segments=segments,
        warnings=(
            *media.warnings,
            *(work.tracks.warnings if work.tracks else ()),
            *order.diariser.warnings,
            *diarised.notices,
            *diarised.result.warnings,
            *order.transcriber.warnings,
            *transcribed.notices,
            *transcribed.result.warnings,
            *_missing_words(transcribed.result),
            *order.unheeded,
        ),
        timings=work.timings,
    )


def _missing_words(result: Transcription) -> tuple[Notice, ...]:
    """The notice that allows a retry, where an engine marked a stretch as failed and did not say so."""
    said = BLOCK_FAILED in {notice.code for notice in result.warnings}
    if said or all(doubt.kind != "failed" for doubt in result.doubts):
        return ()
    return (Notice(code=BLOCK_FAILED, message="A stretch of the recording could not be transcribed."),)


async def _complete(work: Work, made: Transcript) -> None:
    """Make the transcript follow the current revision, whichever that is by then. Raises JobLost.

    Somebody may have edited the transcript that this one follows. Those edits stay in the history, from
    where they can be restored, and the reader is told.
    """
    followed = False
    while not followed:
        async with work.database.transaction() as session:
            meeting = (await jobs.hold(session, work.lease)).meeting
            current, edited = meeting.revision, await was_edited(session, meeting)
        transcript = made.model_copy(
            update={
                "revision": (current or 0) + 1,
                "warnings": (*made.warnings, *((_superseded(current),) if edited else ())),
            }
        )
        followed = await _follow(work, current, transcript)


async def _follow(work: Work, current: int | None, transcript: Transcript) -> bool:
    """Complete the meeting; False where another revision came first. Raises JobLost.

    The document is written under a key of its own before any row is locked, so nobody waits for S3, and a
    write that comes late overwrites nothing. The job's row is locked under the lease, so only its holder can.
    """
    origin = Origin(suffix=new_suffix())
    written = keys.transcript(transcript.meeting_id, transcript.revision, origin.suffix)
    data = await asyncio.to_thread(dumps, transcript)
    await work.store.put_bytes(written, data, content_type="application/json")
    try:
        async with work.database.transaction() as session:
            job = await jobs.hold(session, work.lease)
            await session.refresh(job.meeting, with_for_update={"key_share": True})
            followed = job.meeting.revision == current
            if followed:
                job.timings = work.timings
                job.meeting.processing_seconds = work.seconds_of_stages
                await make_current(session, job.meeting, transcript, origin)
                await jobs.finish(session, work.lease)
    except JobLost:
        await discard(work.store, written)
        raise
    if not followed:
        await discard(work.store, written)
    return followed


def _superseded(revision: int | None) -> Notice:
    return Notice(
        code="EDITS_SUPERSEDED",
        message=f"This transcription replaced revision {revision}, which people had edited; "
        "the history has it still.",
    )
