"""The bell: a Taskiq message that carries a job id and nothing else.

A list broker, not a stream: delivery at most once is enough, because the job's row is the truth and
the sweeper rings again; and a Redis whose data were wiped needs no consumer group to be re-made.
"""

import asyncio
import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import StrEnum

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from taskiq.kicker import AsyncKicker
from taskiq_redis import ListQueueBroker

from scribe.settings import RedisSettings

RUN_JOB = "scribe.run_job"
_WAIT_S = 2
_RETRY_S = 0.5

log = structlog.get_logger(__name__)


class QueueName(StrEnum):
    """One queue for each kind of worker, so that each kind is scaled by its own number."""

    GPU = "gpu"
    ENRICHMENT = "enrichment"
    CAPTURES = "captures"


@dataclass(frozen=True)
class Ring:
    """There is work: collected in a transaction, sent after its commit."""

    queue: QueueName
    job_id: uuid.UUID
    topic: str = "ring"


class BellBroker(ListQueueBroker):
    """A list broker whose listener outlives a Redis that goes away and comes back."""

    async def listen(self) -> AsyncGenerator[bytes, None]:
        """Yield messages for as long as the worker runs."""
        while True:
            try:
                async with Redis(connection_pool=self.connection_pool) as redis:
                    popped = await redis.brpop([self.queue_name], timeout=_WAIT_S)
            except (RedisError, OSError) as error:
                log.warning("bell_unreachable", queue=self.queue_name, reason=str(error))
                await asyncio.sleep(_RETRY_S)
                continue
            if popped is not None:
                message = popped[1]
                yield message if isinstance(message, bytes) else message.encode()


def broker_for(settings: RedisSettings, queue: QueueName) -> BellBroker:
    """The broker of one queue."""
    return BellBroker(settings.url.get_secret_value(), queue_name=f"scribe:queue:{queue}")


class Bell:
    """Rings for the workers of every queue."""

    def __init__(self, settings: RedisSettings) -> None:
        self._brokers = {queue: broker_for(settings, queue) for queue in QueueName}

    async def ring(self, ring: Ring) -> None:
        """Wake one worker for the job. Raises SendTaskError where Redis does not answer."""
        kicker: AsyncKicker[..., None] = AsyncKicker(RUN_JOB, self._brokers[ring.queue], labels={})
        await kicker.kiq(str(ring.job_id))

    async def waiting(self, queue: QueueName) -> int:
        """How many bells have been rung that no worker has heard yet."""
        broker = self._brokers[queue]
        async with Redis(connection_pool=broker.connection_pool) as redis:
            return int(await redis.llen(broker.queue_name))

    async def close(self) -> None:
        """Close the connections."""
        for broker in self._brokers.values():
            await broker.shutdown()
