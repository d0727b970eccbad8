"""The GPU worker: one process, several jobs in flight, one model resident at a time."""

import asyncio
from contextlib import AsyncExitStack

from scribe.db import Database
from scribe.models import ModelStore
from scribe.queue import QueueName
from scribe.settings import Settings, get_settings
from scribe.storage import ObjectStore
from scribe_worker.engines.card import worker_card
from scribe_worker.engines.machine import machine_of
from scribe_worker.engines.registry import Registry
from scribe_worker.engines.residency import Residency
from scribe_worker.pipeline.run import Pipeline
from scribe_worker.process import serve
from scribe_worker.worker import Perform
from scribe_worker.workspace import workspace


async def main(settings: Settings) -> None:
    """Work until told to stop."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(workspace(settings.worker.work_dir or settings.stack.volumes / "work"))
        store = await stack.enter_async_context(ObjectStore.open(settings.s3))
        models, machine = ModelStore(settings.models_folder), machine_of(settings)
        registry = Registry(models, settings.engines, machine)
        residency = await stack.enter_async_context(
            Residency(settings.engines, settings.gpu, machine, models)
        )

        def perform(database: Database) -> Perform:
            return Pipeline(settings, database, store, registry, residency, folder).transcribe

        await serve(QueueName.GPU, settings, perform, card=lambda: worker_card(registry).model_dump_json())


if __name__ == "__main__":
    asyncio.run(main(get_settings()))
