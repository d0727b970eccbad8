"""Bring the schema to the newest migration: ``python -m scribe.db.migrate``.

One process migrates at a time (advisory lock), so that several API servers may start together.
"""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from scribe.settings import DatabaseSettings, get_settings

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 5_317_002


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration without an ini file, bound to an open connection."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


async def migrate(settings: DatabaseSettings, revision: str = "head") -> None:
    """Upgrade the database to the revision; does nothing where it is already there."""
    engine = create_async_engine(settings.url.get_secret_value(), connect_args={"timeout": 10})
    try:
        async with engine.begin() as connection:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            await connection.run_sync(
                lambda sync_connection: command.upgrade(alembic_config(sync_connection), revision)
            )
    finally:
        await engine.dispose()


if __name__ == "__main__":
    asyncio.run(migrate(get_settings().database))
