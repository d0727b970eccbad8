"""The sweeps that the scheduler runs."""

import os
import platform
import uuid
from datetime import UTC, datetime, timedelta

import structlog
from asyncpg import PostgresError
from redis.exceptions import RedisError
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError

from scribe import jobs
from scribe.db import Database
from scribe.db.models import Meeting, RefreshSession
from scribe.queue import Bell, QueueName
from scribe.queue.presence import Presence
from scribe.settings import Settings
from scribe.storage import ObjectStore, StorageUnavailable, keys

log = structlog.get_logger(__name__)

OUTAGES = (DBAPIError, PostgresError, OSError, RedisError, StorageUnavailable)


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
        except OUTAGES as error:
            log.warning("sweep_failed", sweep="jobs", reason=str(error))

    async def storage(self) -> None:
        """Abort uploads that nobody finishes and delete objects of meetings that are gone."""
        try:
            age = timedelta(hours=self._settings.s3.stale_upload_hours)
            aborted = await self._store.sweep_stale_uploads(age)
            deleted = await self._delete_orphans(older_than=datetime.now(UTC) - age)
            log.info("storage_swept", uploads_aborted=aborted, orphans_deleted=deleted)
        except OUTAGES as error:
            log.warning("sweep_failed", sweep="storage", reason=str(error))

    async def sessions(self) -> None:
        """Forget refresh tokens that have expired."""
        try:
            async with self._database.transaction() as session:
                await session.execute(delete(RefreshSession).where(RefreshSession.expires_at < func.now()))
        except OUTAGES as error:
            log.warning("sweep_failed", sweep="sessions", reason=str(error))

    async def _ring_overdue(self, queue: QueueName) -> None:
        if await self._bell.waiting(queue):
            return
        async with self._database.transaction() as session:
            rung = await jobs.ring_overdue(session, queue, self._settings.jobs)
        if rung:
            log.info("bells_rung_again", queue=queue, count=rung)

    async def _delete_orphans(self, older_than: datetime) -> int:
        """Objects below meetings/ whose meeting has no row; an upload in progress is younger than that."""
        old: set[uuid.UUID] = set()
        async for head in self._store.list(keys.MEETINGS):
            meeting_id = keys.meeting_of(head.key)
            if meeting_id is not None and head.modified < older_than:
                old.add(meeting_id)
        async with self._database.transaction() as session:
            known = set(await session.scalars(select(Meeting.id).where(Meeting.id.in_(old))))
        return sum([await self._store.delete_prefix(keys.meeting(gone)) for gone in old - known])
