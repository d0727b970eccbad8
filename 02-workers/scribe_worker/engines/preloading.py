"""Load a model while its user is still busy with something that needs none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from scribe.errors import ScribeError
from scribe_worker.engines.choice import Choice
from scribe_worker.engines.residency import Residency

log = structlog.get_logger(__name__)


@asynccontextmanager
async def preloading(residency: Residency, choice: Choice) -> AsyncIterator[None]:
    """Load the choice's model beside the block, where nobody uses or waits for a model now.

    What goes wrong with it is left to the user to meet. When the block ends the model is loaded; when it
    fails, nobody waits for that any more.
    """
    if not residency.idle:
        yield
        return
    loading = asyncio.create_task(_load(residency, choice))
    try:
        yield
        await asyncio.wait({loading})
    finally:
        loading.cancel()
        await asyncio.gather(loading, return_exceptions=True)


async def _load(residency: Residency, choice: Choice) -> None:
    try:
        async with residency.use(choice):
            pass
    except ScribeError as error:
        log.info("model_not_preloaded", kind=choice.kind, engine=choice.name, code=error.code)
