"""The pipeline reads like the sentence: convert, diarise, transcribe, fuse, publish."""

import asyncio
import os
import tempfile
from pathlib import Path

from scribe import jobs
from scribe.db import Database
from scribe.jobs import Lease
from scribe.metrics import AUDIO_SECONDS
from scribe.settings import Settings
from scribe.storage import ObjectStore
from scribe_worker.engines.residency import Residency
from scribe_worker.pipeline.convert import convert
from scribe_worker.pipeline.diarise import diarise
from scribe_worker.pipeline.publish import publish
from scribe_worker.pipeline.transcribe import transcribe
from scribe_worker.pipeline.work import Order, Work

CONVERSIONS_AT_ONCE = max(1, (os.cpu_count() or 1) // 2)


class Pipeline:
    """Turns the recordings of meetings into transcripts.

    Each stage writes its product to S3 before the next begins, so a retry resumes after the last
    finished stage. Conversions run beside the engines and leave half of the cores to them.
    """

    def __init__(
        self, settings: Settings, database: Database, store: ObjectStore, residency: Residency
    ) -> None:
        self._settings = settings
        self._database = database
        self._store = store
        self._residency = residency
        self._converting = asyncio.Semaphore(CONVERSIONS_AT_ONCE)

    async def transcribe(self, lease: Lease) -> None:
        """Do a TRANSCRIBE job. Raises ScribeError with the reason that the user will read."""
        with tempfile.TemporaryDirectory(prefix="scribe-", dir=self._settings.worker.work_dir) as folder:
            work = await self._begin(lease, Path(folder))
            async with self._converting:
                media = await convert(work)
            diarisation = await diarise(work)
            transcription = await transcribe(work)
            await publish(work, media, diarisation, transcription)
            AUDIO_SECONDS.inc(media.info.duration or 0.0)

    async def _begin(self, lease: Lease, folder: Path) -> Work:
        async with self._database.transaction() as session:
            job = await jobs.hold(session, lease)
            order, timings = Order.of(job, self._settings), dict(job.timings)
        return Work(
            lease, order, self._settings, self._database, self._store, self._residency, folder, timings
        )
