"""The sweeps that the scheduler runs."""

import os
import platform
from datetime import timedelta

import structlog
from redis.exceptions import RedisError
from sqlalchemy import delete, func

from scribe import deletions, jobs, retention, uploads
from scribe.db import DATABASE_ERRORS, Database
from scribe.db.models import AuditRecord, RefreshSession, Throttle
from scribe.queue import Bell, QueueName
from scribe.queue.presence import Presence
from scribe.settings import Settings
from scribe.storage import ObjectStore, StorageRefused, StorageUnavailable

log = structlog.get_logger(__name__)

AWAY = (*DATABASE_ERRORS, RedisError, StorageUnavailable, StorageRefused)


class Sweeps:
    """Each sweep survives a server that is away: the next round does what this one could not."""

    def __init__(
        self, settings: Settings, database: Database, store: ObjectStore, bell: Bell, presence: Presence
    ) -> None:
        self._settings = settings
        self._database = database
        self._store = store
        self._bell = bell
        self._presence = presence
        self._name = f"{platform.node()}:{os.getpid()}"

    async def renew_presence(self) -> None:
        """Say that the scheduler is alive."""
        try:
            await self._presence.renew("scheduler", self._name)
        except RedisError as error:
            log.warning("presence_not_renewed", reason=str(error))

    async def jobs(self) -> None:
        """Queue jobs of dead workers again, then ring for jobs whose bell was lost."""
        try:
            async with self._database.transaction() as session:
                expired = await jobs.sweep_expired_leases(session, self._settings.jobs)
            if expired:
                log.info("leases_expired", count=expired)
            for queue in QueueName:
                await self._ring_overdue(queue)
        except AWAY as error:
            log.warning("sweep_failed", sweep="jobs", reason=str(error))

    async def deletions(self) -> None:
        """Delete the objects of meetings that are gone and of uploads that died."""
        try:
            if deleted := await deletions.sweep(self._database, self._store):
                log.info("objects_deleted", count=deleted)
        except AWAY as error:
            log.warning("sweep_failed", sweep="deletions", reason=str(error))

    async def uploads(self) -> None:
        """End resumable uploads that nobody went on with, and abort multipart uploads that are nobody's."""
        try:
            if expired := await uploads.expire(self._database, self._store, self._settings.uploads):
                log.info("uploads_expired", count=expired)
            age = timedelta(hours=self._settings.s3.stale_upload_hours)
            alive = await uploads.open_storage_ids(self._database)
            if aborted := await self._store.sweep_stale_uploads(age, keep=alive):
                log.info("uploads_aborted", count=aborted)
        except AWAY as error:
            log.warning("sweep_failed", sweep="uploads", reason=str(error))

    async def retention(self) -> None:
        """Delete the meetings that have been kept as long as they were to be."""
        try:
            ended = await retention.sweep(self._database, self._settings.quotas.retention_days)
            log.info("retention_swept", meetings=ended)
        except AWAY as error:
            log.warning("sweep_failed", sweep="retention", reason=str(error))

    async def sessions(self) -> None:
        """Forget refresh tokens that have expired, and wrong passwords that count no longer."""
        counts = func.make_interval(0, 0, 0, 0, 0, 0, Throttle.failures * self._settings.throttle.forget_s)
        forgotten = delete(Throttle).where(
            Throttle.counted_at + counts < func.now(), Throttle.not_before < func.now()
        )
        try:
            async with self._database.transaction() as session:
                await session.execute(delete(RefreshSession).where(RefreshSession.expires_at < func.now()))
                await session.execute(forgotten)
        except AWAY as error:
            log.warning("sweep_failed", sweep="sessions", reason=str(error))

    async def audit(self) -> None:
        """Forget what was remembered long enough."""
        kept = timedelta(days=self._settings.audit.days)
        try:
            async with self._database.transaction() as session:
                await session.execute(delete(AuditRecord).where(AuditRecord.at < func.now() - kept))
        except AWAY as error:
            log.warning("sweep_failed", sweep="audit", reason=str(error))

    async def _ring_overdue(self, queue: QueueName) -> None:
        silent = await self._bell.waiting(queue) == 0
        async with self._database.transaction() as session:
            rung = await jobs.ring_overdue(session, queue, self._settings.jobs, silent=silent)
        if rung:
            log.info("bells_rung_again", queue=queue, count=rung)
