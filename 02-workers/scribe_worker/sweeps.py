"""The sweeps that the scheduler runs."""

import os
import platform
from datetime import timedelta

import structlog
from redis.exceptions import RedisError
from sqlalchemy import delete, func

from scribe import deletions, jobs
from scribe.db import DATABASE_ERRORS, Database
from scribe.db.models import RefreshSession
from scribe.queue import Bell, QueueName
from scribe.queue.presence import Presence
from scribe.settings import Settings
from scribe.storage import ObjectStore, StorageUnavailable

log = structlog.get_logger(__name__)

AWAY = (*DATABASE_ERRORS, RedisError, StorageUnavailable)


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
        """Abort multipart uploads that nobody finishes."""
        try:
            age = timedelta(hours=self._settings.s3.stale_upload_hours)
            if aborted := await self._store.sweep_stale_uploads(age):
                log.info("uploads_aborted", count=aborted)
        except AWAY as error:
            log.warning("sweep_failed", sweep="uploads", reason=str(error))

    async def sessions(self) -> None:
        """Forget refresh tokens that have expired."""
        try:
            async with self._database.transaction() as session:
                await session.execute(delete(RefreshSession).where(RefreshSession.expires_at < func.now()))
        except AWAY as error:
            log.warning("sweep_failed", sweep="sessions", reason=str(error))

    async def _ring_overdue(self, queue: QueueName) -> None:
        silent = await self._bell.waiting(queue) == 0
        async with self._database.transaction() as session:
            rung = await jobs.ring_overdue(session, queue, self._settings.jobs, silent=silent)
        if rung:
            log.info("bells_rung_again", queue=queue, count=rung)
