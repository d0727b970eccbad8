"""The scheduler: sweeps that heal what crashes left behind, at fixed intervals.

Taskiq keeps the schedule; the sweeps run in this very process (in-memory broker), so they need
neither Redis nor a free worker. Two schedulers at once do no harm: rows are taken SKIP LOCKED.
"""

import asyncio
import signal
from contextlib import AsyncExitStack, suppress
from datetime import timedelta

import structlog
from taskiq import InMemoryBroker, TaskiqScheduler
from taskiq.api import run_scheduler_task
from taskiq.schedule_sources import LabelScheduleSource

from scribe.db import Database
from scribe.logging import configure_logging
from scribe.queue import RedisAnnouncer
from scribe.queue.presence import Presence
from scribe.settings import Settings, get_settings
from scribe.storage import ObjectStore
from scribe_worker.sweeps import Sweeps

HOUR_S = 3600
DAY_S = 24 * HOUR_S
PRESENCE_S = 5
DELETIONS_S = 20

log = structlog.get_logger(__name__)


async def main(settings: Settings) -> None:
    """Sweep until told to stop."""
    configure_logging(settings.log, service="scheduler")
    async with AsyncExitStack() as stack:
        announcer = RedisAnnouncer(settings.redis)
        stack.push_async_callback(announcer.close)
        database = Database(settings.database, announcer)
        stack.push_async_callback(database.close)
        presence = Presence(settings.redis)
        stack.push_async_callback(presence.close)
        store = await stack.enter_async_context(ObjectStore.open(settings.s3))
        sweeps = Sweeps(settings, database, store, announcer.bell, presence)

        scheduler = schedule(sweeps, settings)

        told_to_stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
        running = asyncio.create_task(
            run_scheduler_task(scheduler, run_startup=True, loop_interval=timedelta(seconds=1))
        )
        log.info("scheduler_started", sweep_s=settings.jobs.sweep_s)
        stopping = asyncio.create_task(told_to_stop.wait())
        await asyncio.wait({stopping, running}, return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await scheduler.shutdown()


def schedule(sweeps: Sweeps, settings: Settings) -> TaskiqScheduler:
    """Every sweep and how often it runs."""
    broker = InMemoryBroker(await_inplace=False)

    @broker.task(schedule=_every(PRESENCE_S))
    async def renew_presence() -> None:
        await sweeps.renew_presence()

    @broker.task(schedule=_every(settings.jobs.sweep_s))
    async def sweep_jobs() -> None:
        await sweeps.jobs()

    @broker.task(schedule=_every(DELETIONS_S))
    async def sweep_deletions() -> None:
        await sweeps.deletions()

    @broker.task(schedule=_every(HOUR_S))
    async def sweep_uploads() -> None:
        await sweeps.uploads()

    @broker.task(schedule=_every(HOUR_S))
    async def sweep_sessions() -> None:
        await sweeps.sessions()

    @broker.task(schedule=_every(DAY_S))
    async def sweep_retention() -> None:
        await sweeps.retention()

    @broker.task(schedule=_every(DAY_S))
    async def sweep_audit() -> None:
        await sweeps.audit()

    return TaskiqScheduler(broker, [LabelScheduleSource(broker)])


def _every(seconds: int) -> list[dict[str, int]]:
    return [{"interval": seconds}]


if __name__ == "__main__":
    asyncio.run(main(get_settings()))
