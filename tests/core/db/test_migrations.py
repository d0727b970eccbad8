import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from scribe.db import Database, models
from scribe.db.base import Base
from scribe.db.migrate import alembic_config, migrate
from scribe.settings import Settings

pytestmark = pytest.mark.integration


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))


async def test_the_migrations_build_what_the_models_say(database: Database) -> None:
    assert models.User.__tablename__ in Base.metadata.tables
    async with database.engine.begin() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_twice_changes_nothing(settings: Settings) -> None:
    await migrate(settings.database)
    await migrate(settings.database)


def downgrade(connection: Connection) -> None:
    command.downgrade(alembic_config(connection), "base")


async def test_the_schema_can_be_taken_back_and_built_again(settings: Settings, database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(downgrade)
    await migrate(settings.database)
    async with database.engine.begin() as connection:
        assert await connection.run_sync(differences) == []


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Élève", "eleve"),
        ("ŒUVRE", "oeuvre"),
        ("Straße", "strasse"),
        ("Øre", "ore"),
        ("naïve ﬁn", "naive fin"),
    ],
)
async def test_search_folds_case_accents_and_ligatures(database: Database, written: str, folded: str) -> None:
    async with database.transaction() as session:
        assert await session.scalar(text("SELECT scribe_fold(:written)"), {"written": written}) == folded
