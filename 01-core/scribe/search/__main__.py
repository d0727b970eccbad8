"""Rebuild the full-text index: ``python -m scribe.search``."""

import asyncio
import sys

from scribe.db import Database
from scribe.logging import configure_logging
from scribe.search.index import rebuild
from scribe.settings import Settings, get_settings
from scribe.storage import ObjectStore


async def main(settings: Settings) -> int:
    """Rebuild it all; returns how many transcripts were indexed."""
    database = Database(settings.database)
    try:
        async with ObjectStore.open(settings.s3) as store:
            return await rebuild(database, store)
    finally:
        await database.close()


if __name__ == "__main__":
    configure_logging(get_settings().log, service="search")
    sys.stdout.write(f"{asyncio.run(main(get_settings()))} transcripts indexed\n")
