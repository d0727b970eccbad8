"""What every worker process does: listen to its bell, watch its leases, stop when told to."""

import asyncio
import os
import platform
import signal
import uuid
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack

import structlog
from prometheus_client import start_http_server
from taskiq.api import run_receiver_task

from scribe.db import Database
from scribe.logging import configure_logging
from scribe.queue import QueueName, RedisAnnouncer
from scribe.queue.bell import RUN_JOB, BellBroker, broker_for
from scribe.queue.presence import Presence
from scribe.settings import Settings
from scribe_worker.worker import Perform, Worker

CANCEL_AGAIN_S = 1.0

log = structlog.get_logger(__name__)


async def serve(
    queue: QueueName,
    settings: Settings,
    perform: Callable[[Database], Perform],
    *,
    card: Callable[[], str],
) -> None:
    """Run the queue's jobs until SIGTERM or SIGINT; unfinished jobs are given back.

    card: what the worker tells about itself while it is alive, as JSON
    """
    configure_logging(settings.log, service=queue)
    if settings.worker.metrics_port is not None:
        start_http_server(settings.worker.metrics_port, addr="127.0.0.1")
    async with AsyncExitStack() as open_connections:
        announcer = RedisAnnouncer(settings.redis)
        open_connections.push_async_callback(announcer.close)
        database = Database(settings.database, announcer)
        open_connections.push_async_callback(database.close)
        presence = Presence(settings.redis)
        open_connections.push_async_callback(presence.close)
        broker = broker_for(settings.redis, queue)
        open_connections.push_async_callback(broker.shutdown)
        name = f"{platform.node()}:{os.getpid()}:{uuid.uuid4().hex[:6]}"
        worker = Worker(
            queue,
            name,
            database,
            presence,
            settings.jobs,
            perform(database),
            card,
            max_jobs=settings.quotas.max_jobs,
        )
        log.info("worker_started", worker=name, concurrency=settings.worker.concurrency)
        await _work(worker, broker, settings.worker.concurrency)
        log.info("worker_stopped", worker=name)


async def _work(worker: Worker, broker: BellBroker, concurrency: int) -> None:
    """Listen and watch until told to stop, or until one of the two fails."""

    @broker.task(task_name=RUN_JOB)
    async def run_job(job_id: str) -> None:
        await worker.run_job(job_id)

    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    background = [
        asyncio.create_task(told_to_stop.wait()),
        asyncio.create_task(worker.watch()),
        asyncio.create_task(run_receiver_task(broker, max_async_tasks=concurrency)),
    ]
    ended, _ = await asyncio.wait(background, return_when=asyncio.FIRST_COMPLETED)
    await worker.stop()
    await _end(background)
    for task in ended:
        task.result()


async def _end(tasks: Iterable[asyncio.Task[object]]) -> None:
    """Cancel until it is heard: the Redis client can lose a cancellation while it waits for an answer."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=CANCEL_AGAIN_S)
