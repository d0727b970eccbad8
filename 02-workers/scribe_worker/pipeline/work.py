"""One attempt at one meeting: what every stage needs, and how far it has come."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from pydantic import JsonValue
from sqlalchemy.exc import SQLAlchemyError

from scribe import jobs
from scribe.db import Database, is_outage
from scribe.db.models import Job
from scribe.jobs import JobLost, Lease
from scribe.metrics import STAGE_SECONDS
from scribe.settings import Settings
from scribe.storage import ObjectStore, keys
from scribe.transcript.document import Notice
from scribe_worker.engines.residency import Residency

log = structlog.get_logger(__name__)

REPORT_S = 0.5


@dataclass(frozen=True)
class Order:
    """What is asked for: the meeting's row as it was when the job was claimed."""

    meeting_id: uuid.UUID
    source_key: str
    language: str | None
    speakers: int | None
    revision: int
    transcriber: str
    diariser: str
    options: dict[str, JsonValue]

    @classmethod
    def of(cls, job: Job, settings: Settings) -> "Order":
        """The order of a job whose meeting is loaded."""
        meeting = job.meeting
        options: dict[str, Any] = dict(meeting.options)
        return cls(
            meeting_id=meeting.id,
            source_key=meeting.source_key,
            language=meeting.language,
            speakers=meeting.speakers,
            revision=(meeting.revision or 0) + 1,
            transcriber=options.pop("transcriber", None) or settings.engines.transcriber,
            diariser=options.pop("diariser", None) or settings.engines.diariser,
            options=options,
        )


@dataclass
class Work:
    """The order, the servers, a folder of its own, and the record of the stages."""

    lease: Lease
    order: Order
    settings: Settings
    database: Database
    store: ObjectStore
    residency: Residency
    folder: Path
    timings: dict[str, float]
    warnings: list[Notice] = field(default_factory=list)
    _progress: float = 0.0

    @asynccontextmanager
    async def stage(self, name: str) -> AsyncIterator[None]:
        """Time the stage and show its progress while it runs. Raises JobLost at its edges."""
        self._progress = 0.0
        await self._record(name)
        reporter = asyncio.create_task(self._report(name))
        started = time.monotonic()
        try:
            yield
        finally:
            reporter.cancel()
        self.timings[name] = round(time.monotonic() - started, 3)
        STAGE_SECONDS.labels(name).observe(self.timings[name])
        self._progress = 1.0
        await self._record(name)

    def progress(self, share: float) -> None:
        """Say how much of the current stage is done, 0-1."""
        self._progress = min(max(share, 0.0), 1.0)

    async def audio(self) -> Path:
        """The 16 kHz mono FLAC in this attempt's folder, fetched when it is not there yet."""
        path = self.folder / "audio.flac"
        if not path.exists():
            await self.store.download(keys.audio(self.order.meeting_id), path)
        return path

    async def _record(self, stage: str) -> None:
        async with self.database.transaction() as session:
            job = await jobs.advance(session, self.lease, stage, self._progress)
            job.timings = dict(self.timings)

    async def _report(self, stage: str) -> None:
        """Show progress now and then; a database that is away for a moment does not end the work."""
        shown = 0.0
        while True:
            await asyncio.sleep(REPORT_S)
            if self._progress - shown < 0.01:  # noqa: PLR2004  (a percent is what people can see)
                continue
            shown = self._progress
            try:
                async with self.database.transaction() as session:
                    await jobs.advance(session, self.lease, stage, shown)
            except JobLost:
                return  # the worker's watch ends this attempt
            except (SQLAlchemyError, OSError) as error:
                if not is_outage(error):
                    raise
                log.warning("progress_not_shown", reason=str(error))
