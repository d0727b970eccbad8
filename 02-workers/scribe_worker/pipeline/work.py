"""One attempt at one meeting: what every stage needs, and how far it has come."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from scribe import jobs
from scribe.db import DATABASE_ERRORS, Database, is_outage
from scribe.jobs import JobLost, Lease
from scribe.metrics import STAGE_SECONDS
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe_worker.engines.residency import Residency
from scribe_worker.pipeline import stage as stages
from scribe_worker.pipeline.order import Order
from scribe_worker.pipeline.split import SplitMedia
from scribe_worker.pipeline.stage import Product, Stage

log = structlog.get_logger(__name__)

REPORT_S = 0.5
VISIBLE_SHARE = 0.01


@dataclass
class Work:
    """The order, the servers, a folder of its own, and the record of the stages.

    timings: seconds a stage, those of finished stages from their products
    """

    lease: Lease
    order: Order
    settings: Settings
    database: Database
    store: ObjectStore
    residency: Residency
    folder: Path
    converting: asyncio.Semaphore
    """Lets a few read media at once, so that cores are left to the engines."""
    timings: dict[str, float] = field(default_factory=dict)
    tracks: SplitMedia | None = None
    """The channels of the recording, where the diariser needs them."""
    _progress: float = 0.0

    async def run(self, stage: Stage[Product]) -> Product:
        """The stage's product: read when it is finished already, else made and, if complete, written."""
        key = stage.key(self)
        product = await stages.load(self.store, key, stage.product)
        if product is None:
            async with self.stage(stage.name):
                started = time.monotonic()
                made = await stage.make(self)
                seconds = max(0.0, time.monotonic() - started - made.aside)
                product = made.model_copy(update={"seconds": round(seconds, 3)})
                if product.complete:
                    await stages.save(self.store, key, product)
            STAGE_SECONDS.labels(stage.name).observe(product.seconds)
        self.timings.update(product.timings(stage.name))
        return product

    @property
    def seconds_of_stages(self) -> float:
        """What the work took, loading included, without the waiting for others' models."""
        return sum(seconds for name, seconds in self.timings.items() if not name.endswith("_wait"))

    @asynccontextmanager
    async def stage(self, name: str) -> AsyncIterator[None]:
        """Show the stage and its progress while it runs. Raises JobLost where the lease is gone."""
        self._progress = 0.0
        await self._show(name, 0.0)
        reporter = asyncio.create_task(self._report(name))
        try:
            yield
        finally:
            reporter.cancel()
            with suppress(asyncio.CancelledError):
                await reporter

    def progress(self, share: float) -> None:
        """Say how much of the current stage is done, 0-1."""
        self._progress = min(max(share, 0.0), 1.0)

    @property
    def last_attempt(self) -> bool:
        """Whether the job fails for good when this attempt does."""
        return self.lease.attempt >= self.settings.jobs.max_attempts

    async def audio(self) -> Path:
        """The 16 kHz mono FLAC in this attempt's folder, fetched when it is not there yet."""
        return await self.fetched(keys.audio(self.order.meeting_id), "audio.flac")

    async def channels(self) -> Path:
        """The 16 kHz FLAC with every channel of the recording, likewise."""
        return await self.fetched(keys.channels(self.order.meeting_id), "channels.flac")

    async def fetched(self, key: str, name: str) -> Path:
        """The object as a file of this attempt's folder, fetched when it is not there yet."""
        path = self.folder / name
        if not path.exists():
            await self.store.download(key, path)
        return path

    async def _show(self, stage: str, progress: float) -> None:
        async with self.database.transaction() as session:
            await jobs.advance(session, self.lease, stage, progress)

    async def _report(self, stage: str) -> None:
        """Show progress now and then; a database that is away for a moment does not end the work."""
        shown = 0.0
        while True:
            await asyncio.sleep(REPORT_S)
            if self._progress - shown < VISIBLE_SHARE:
                continue
            shown = self._progress
            try:
                await self._show(stage, shown)
            except JobLost:
                return  # the worker's watch ends this attempt
            except DATABASE_ERRORS as error:
                if not is_outage(error):
                    raise
                log.warning("progress_not_shown", reason=str(error))
