"""A worker: claims the jobs that the bell names, keeps their leases alive, settles them."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from redis.exceptions import RedisError

from scribe import jobs
from scribe.db import DATABASE_ERRORS, Database, is_outage
from scribe.errors import DatabaseUnavailable, ScribeError
from scribe.jobs import JobLost, Lease
from scribe.logging import bind_correlation_id
from scribe.metrics import JOBS_SETTLED
from scribe.queue.presence import Presence
from scribe.settings import JobSettings

log = structlog.get_logger(__name__)

WATCH_S = 0.25
PRESENCE_S = 5.0


class WorkerFault(ScribeError):
    """The worker's machine failed it: a full or unwritable disk, no processes left. Detail: ``reason``."""

    code = "WORKER_FAULT"
    message = (
        "The worker's machine failed it ({reason}). Free or mend what it names "
        "(`./manage.sh doctor` helps), then retry the meeting."
    )


Perform = Callable[[Lease], Awaitable[None]]
"""Does the job and writes its result through ``jobs.finish``."""


class Worker:
    """Runs jobs of one queue, several at once; a job whose lease is lost is stopped within a second."""

    def __init__(
        self,
        role: str,
        name: str,
        database: Database,
        presence: Presence,
        settings: JobSettings,
        perform: Perform,
        card: Callable[[], str] = lambda: "{}",
        *,
        max_jobs: int | None = None,
    ) -> None:
        self._role = role
        self._name = name
        self._database = database
        self._presence = presence
        self._settings = settings
        self._perform = perform
        self._card = card
        self._max_jobs = max_jobs
        self._running: dict[Lease, asyncio.Task[None]] = {}
        self._stopping = asyncio.Event()

    async def run_job(self, job_id: str) -> None:
        """Do the job if it is to be had; never raises for a reason that lies in the job."""
        if self._stopping.is_set():
            return
        try:
            async with self._database.transaction() as session:
                lease = await jobs.claim(
                    session,
                    uuid.UUID(job_id),
                    worker=self._name,
                    settings=self._settings,
                    max_jobs=self._max_jobs,
                )
        except DATABASE_ERRORS as error:
            if not is_outage(error):
                raise
            log.warning("claim_failed", job_id=job_id, reason=str(error))
            return
        if lease is None:
            log.debug("job_not_to_be_had", job_id=job_id)
            return
        bind_correlation_id(lease.correlation_id)
        if self._stopping.is_set():
            await self._settle(lease, None)
            return
        log.info("job_claimed", job_id=job_id, meeting_id=str(lease.meeting_id), attempt=lease.attempt)
        task = asyncio.create_task(self._run(lease))
        self._running[lease] = task
        try:
            await asyncio.wait({task})
        finally:
            self._running.pop(lease, None)
        await self._ring_waiting(lease)

    async def watch(self) -> None:
        """Keep leases alive and stop jobs whose lease is gone, until cancelled."""
        loop = asyncio.get_running_loop()
        next_heartbeat = next_presence = loop.time()
        while True:
            with suppress(RedisError):
                if loop.time() >= next_presence:
                    next_presence = loop.time() + PRESENCE_S
                    card = await asyncio.to_thread(self._told)
                    await self._presence.renew(self._role, self._name, card)
            try:
                if loop.time() >= next_heartbeat:
                    next_heartbeat = loop.time() + self._settings.heartbeat_s
                    await self._renew_leases()
                await self._stop_lost_jobs()
            except DATABASE_ERRORS as error:
                if not is_outage(error):
                    raise
                log.warning("watch_failed", reason=str(error))
            await asyncio.sleep(WATCH_S)

    async def stop(self) -> None:
        """Stop every job and give it back, so that another worker takes it at once."""
        self._stopping.set()
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(RedisError):
            await self._presence.leave(self._role, self._name)

    async def _ring_waiting(self, lease: Lease) -> None:
        """Give the place of a job that ended to one that waits for it; else the sweeper does, later."""
        try:
            async with self._database.transaction() as session:
                await jobs.ring_waiting(session, lease.project_id, lease.created_by)
        except DATABASE_ERRORS as error:
            if not is_outage(error):
                raise
            log.warning("waiting_not_rung_for", reason=str(error))

    def _told(self) -> str:
        """The card; what goes wrong with it must not end the worker."""
        try:
            return self._card()
        except Exception:
            log.exception("card_not_made")
            return "{}"

    async def _renew_leases(self) -> None:
        if not self._running:
            return
        async with self._database.transaction() as session:
            for lease in list(self._running):
                await jobs.heartbeat(session, lease, self._settings)

    async def _stop_lost_jobs(self) -> None:
        watched = set(self._running)
        if not watched:
            return
        async with self._database.transaction() as session:
            held = await jobs.still_held(session, watched)
        for lease in watched - held:
            task = self._running.get(lease)
            if task is not None and not task.done():
                log.info("job_stopped", job_id=str(lease.job_id), reason="lease lost")
                task.cancel()

    async def _run(self, lease: Lease) -> None:
        try:
            await self._perform(lease)
        except asyncio.CancelledError:
            if self._stopping.is_set():
                await self._settle(lease, None)
        except JobLost:
            log.info("job_lost", job_id=str(lease.job_id))
            JOBS_SETTLED.labels(lease.kind, "lost").inc()
        except ScribeError as error:
            await self._settle(lease, error)
        except Exception as error:
            log.exception("job_crashed", job_id=str(lease.job_id))
            await self._settle(lease, _cause(error))
        else:
            log.info("job_done", job_id=str(lease.job_id))
            JOBS_SETTLED.labels(lease.kind, "done").inc()

    async def _settle(self, lease: Lease, error: ScribeError | None) -> None:
        """Write how the attempt ended; where the database is away, the lease runs out instead."""
        outcome = "released"
        try:
            async with self._database.transaction() as session:
                if error is None:
                    await jobs.release(session, lease)
                else:
                    outcome = str(await jobs.fail(session, lease, error, self._settings)).lower()
        except JobLost:
            outcome = "lost"
        except DATABASE_ERRORS as reason:
            if not is_outage(reason):
                raise
            outcome = "unsettled"
            log.warning("job_not_settled", job_id=str(lease.job_id), reason=str(reason))
        JOBS_SETTLED.labels(lease.kind, outcome).inc()
        log.info(
            "attempt_ended", job_id=str(lease.job_id), outcome=outcome, code=error.code if error else None
        )


def _cause(error: Exception) -> ScribeError:
    """The error of ours for one that nobody expected."""
    if is_outage(error):
        return DatabaseUnavailable()
    if isinstance(error, OSError):
        return WorkerFault(reason=str(error))
    return ScribeError()
