"""The last stages: words and turns become the Transcript document, which then is the meeting's."""

import asyncio
import time

from scribe import jobs
from scribe.search import index_transcript
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
        revision=order.revision,
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


async def _complete(work: Work, transcript: Transcript) -> None:
    """Write the transcript while the job's row is locked under the lease, so only its holder can."""
    async with work.database.transaction() as session:
        job = await jobs.hold(session, work.lease)
        await work.store.put_bytes(
            keys.transcript(transcript.meeting_id, transcript.revision),
            await asyncio.to_thread(dumps, transcript),
            content_type="application/json",
        )
        job.timings = work.timings
        job.meeting.revision = transcript.revision
        job.meeting.spoken_language = transcript.language
        job.meeting.warnings = [notice.model_dump() for notice in transcript.warnings]
        await index_transcript(session, transcript)
        await jobs.finish(session, work.lease)
