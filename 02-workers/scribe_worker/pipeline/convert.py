"""Stage one: whatever was uploaded becomes what the engines hear, what browsers play and a waveform."""

from sqlalchemy import update

from scribe import jobs
from scribe.db.models import Usage
from scribe.limits import longest_recording
from scribe.media import sandbox
from scribe.media.errors import MediaOverLimit
from scribe.media.info import MediaInfo
from scribe.storage import keys
from scribe.transcript.document import Notice
from scribe_worker.engines.preloading import preloading
from scribe_worker.pipeline.stage import Stage, StageProduct
from scribe_worker.pipeline.work import Work


class ConvertedMedia(StageProduct):
    """``media.json``: facts and warnings; written last, so that it vouches for the other objects."""

    info: MediaInfo
    warnings: tuple[Notice, ...] = ()


async def convert(work: Work) -> ConvertedMedia:
    """Make audio.flac, playback.m4a and peaks.json, and note the media's facts on the meeting.

    Raises the errors of ``scribe.media`` for a recording that cannot be used.
    """
    meeting_id = work.order.meeting_id
    source = work.folder / "source"
    await work.store.download(work.order.source_key, source)
    async with preloading(work.residency, work.order.diariser):
        made = await sandbox.convert(source, work.folder, limits=work.settings.media, progress=work.progress)
        source.unlink()
        await _note_on_meeting(work, made.media)
        await work.store.put_file(keys.audio(meeting_id), made.audio, content_type="audio/flac")
        await work.store.put_file(keys.playback(meeting_id), made.playback, content_type="audio/mp4")
        await work.store.put_file(keys.peaks(meeting_id), made.peaks, content_type="application/json")
    return ConvertedMedia(info=made.media, warnings=made.warnings)


async def _note_on_meeting(work: Work, info: MediaInfo) -> None:
    """What was decoded counts: until now there was only what the file says about itself."""
    seconds = info.duration or 0.0
    async with work.database.transaction() as session:
        meeting = (await jobs.hold(session, work.lease)).meeting
        meeting.duration = info.duration
        meeting.format = info.format
        meeting.codec = info.codec
        meeting.bitrate = info.bitrate
        meeting.sample_rate = info.sample_rate
        meeting.channels = info.channels
        meeting.has_video = info.has_video
        counted = update(Usage).where(Usage.meeting_id == meeting.id)
        await session.execute(counted.values(seconds=seconds))
        limit = await longest_recording(session, meeting, work.settings.quotas)
    if limit is not None and seconds > limit:
        raise MediaOverLimit(seconds=seconds, limit=limit)


CONVERT = Stage("convert", ConvertedMedia, lambda work: keys.media(work.order.meeting_id), convert)
