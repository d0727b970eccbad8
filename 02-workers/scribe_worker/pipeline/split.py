"""Stage two, only for a diariser that needs it: every channel of the recording by itself."""

from typing import TYPE_CHECKING

from scribe.media import sandbox
from scribe.storage import keys
from scribe.transcript.document import Notice
from scribe_worker.pipeline.stage import Stage, StageProduct

if TYPE_CHECKING:
    from scribe_worker.pipeline.work import Work


class SplitMedia(StageProduct):
    """``channels.flac`` lies beside ``audio.flac``, as long as that, with so many channels."""

    count: int
    warnings: tuple[Notice, ...] = ()


async def split(work: "Work") -> SplitMedia:
    """Make channels.flac. Raises the errors of ``scribe.media``, among them RecordingHasOneChannel."""
    source = await work.fetched(work.order.source_key, "source")
    made = await sandbox.split(source, work.folder, limits=work.settings.media, progress=work.progress)
    source.unlink()
    await work.store.put_file(keys.channels(work.order.meeting_id), made.channels, content_type="audio/flac")
    return SplitMedia(count=made.count, warnings=made.warnings)


SPLIT = Stage("split", SplitMedia, lambda work: keys.split(work.order.meeting_id), split)
