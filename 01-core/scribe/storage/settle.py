"""Work against S3 that must reach its end although the one who asked for it has gone."""

import asyncio
from collections.abc import Coroutine
from typing import TypeVar

import structlog

log = structlog.get_logger(__name__)
T = TypeVar("T")


async def settle(work: Coroutine[object, object, T]) -> T:
    """Await the work to its end, also when the caller is cancelled meanwhile; only then raise that.

    A request that was sent may take effect whether its answer is awaited or not, so whoever cleans up
    needs to know how it ended. The client's time-outs bound how long this can take.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            try:
                await asyncio.wait({task})
            except asyncio.CancelledError:
                log.debug("cancelled_again_while_settling")
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("failed_while_being_cancelled", reason=repr(error))
        raise
