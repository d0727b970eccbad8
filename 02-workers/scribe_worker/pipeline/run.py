"""The pipeline reads like the sentence: convert, split, diarise, transcribe, fuse, publish."""

import asyncio
import tempfile
from pathlib import Path

from scribe import jobs
from scribe.db import Database
from scribe.jobs import Lease
from scribe.metrics import AUDIO_SECONDS
from scribe.settings import Settings
from scribe.storage import ObjectStore
from scribe_worker.engines.registry import Registry
from scribe_worker.engines.residency import Residency
from scribe_worker.engines.surroundings import usable_cores
from scribe_worker.pipeline.convert import CONVERT
from scribe_worker.pipeline.diarise import BEARABLE, diarised
from scribe_worker.pipeline.order import Order
from scribe_worker.pipeline.publish import publish
from scribe_worker.pipeline.transcribe import TRANSCRIBE
from scribe_worker.pipeline.work import Work

CONVERSIONS_AT_ONCE = max(1, usable_cores() // 2)


class Pipeline:
    """Turns the recordings of meetings into transcripts.

    Each stage writes its product to S3 before the next begins, so a retry resumes after the last
    finished stage. Conversions run beside the engines and leave half of the cores to them.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        store: ObjectStore,
        registry: Registry,
        residency: Residency,
        folder: Path,
    ) -> None:
        self._settings = settings
        self._database = database
        self._store = store
        self._registry = registry
        self._residency = residency
        self._folder = folder
        self._converting = asyncio.Semaphore(CONVERSIONS_AT_ONCE)

    async def transcribe(self, lease: Lease) -> None:
        """Do a TRANSCRIBE job. Raises ScribeError with the reason that the user will read."""
        with tempfile.TemporaryDirectory(prefix="job-", dir=self._folder) as folder:
            work = await self._begin(lease, Path(folder))
            with self._residency.expecting(work.order.diariser):
                async with work.converting:
                    media = await work.run(CONVERT)
                duration = media.info.duration or 0.0
                try:
                    turns = await diarised(work, duration)
                except BEARABLE:
                    # The next attempt then has only the speakers left to find.
                    await work.run(TRANSCRIBE)
                    raise
            words = await work.run(TRANSCRIBE)
            await publish(work, media, turns, words)
            AUDIO_SECONDS.inc(duration)

    async def _begin(self, lease: Lease, folder: Path) -> Work:
        async with self._database.transaction() as session:
            meeting = (await jobs.hold(session, lease)).meeting
        order = Order.of(meeting, self._registry)
        return Work(
            lease,
            order,
            self._settings,
            self._database,
            self._store,
            self._residency,
            folder,
            self._converting,
        )
