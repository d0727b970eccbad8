"""The last stages: words and turns become the Transcript document, which then is the meeting's."""

from sqlalchemy import delete, insert

from scribe import jobs
from scribe.db.models import Segment as SegmentRow
from scribe.storage import keys
from scribe.transcript.document import Engines, EngineUsed, Transcript
from scribe_worker.engines.base import EngineInfo
from scribe_worker.pipeline import checkpoint
from scribe_worker.pipeline.convert import ConvertedMedia
from scribe_worker.pipeline.diarise import DiarisedMeeting
from scribe_worker.pipeline.fuse import fuse
from scribe_worker.pipeline.transcribe import TranscribedMeeting
from scribe_worker.pipeline.work import Work


async def publish(
    work: Work, media: ConvertedMedia, diarised: DiarisedMeeting, transcribed: TranscribedMeeting
) -> None:
    """Write the transcript to S3, then complete job and meeting and fill the search index at once.

    Raises JobLost when the job was taken away meanwhile: then nothing of it shows.
    """
    key = keys.transcript(work.order.meeting_id, work.order.revision)
    transcript = await checkpoint.load(work.store, key, Transcript)
    if transcript is None:
        async with work.stage("fuse"):
            transcript = _transcript(work, media, diarised, transcribed)
        await checkpoint.save(work.store, key, transcript)
    await _complete(work, transcript)


def _transcript(
    work: Work, media: ConvertedMedia, diarised: DiarisedMeeting, transcribed: TranscribedMeeting
) -> Transcript:
    speakers, segments = fuse(transcribed.result.words, diarised.result.exclusive)
    return Transcript(
        meeting_id=work.order.meeting_id,
        revision=work.order.revision,
        language=transcribed.result.language,
        duration=media.info.duration or 0.0,
        engines=Engines(transcriber=_used(transcribed.engine), diariser=_used(diarised.engine)),
        speakers=speakers,
        segments=segments,
        warnings=(*media.warnings, *diarised.result.warnings, *transcribed.result.warnings),
        timings=work.timings,
    )


def _used(engine: EngineInfo) -> EngineUsed:
    return EngineUsed(**engine.model_dump())


async def _complete(work: Work, transcript: Transcript) -> None:
    labels = {speaker.id: speaker.label for speaker in transcript.speakers}
    rows = [
        {
            "meeting_id": transcript.meeting_id,
            "position": position,
            "start": segment.start,
            "end": segment.end,
            "speaker": labels.get(segment.speaker or ""),
            "text": segment.text,
        }
        for position, segment in enumerate(transcript.segments)
    ]
    async with work.database.transaction() as session:
        meeting = (await jobs.hold(session, work.lease)).meeting
        meeting.revision = transcript.revision
        meeting.language = transcript.language
        meeting.warnings = [notice.model_dump() for notice in transcript.warnings]
        await session.execute(delete(SegmentRow).where(SegmentRow.meeting_id == meeting.id))
        if rows:
            await session.execute(insert(SegmentRow), rows)
        await jobs.finish(session, work.lease)
