"""How Alembic runs migrations inside the connection that ``scribe.db.migrate`` opened."""

from alembic import context

from scribe.db import models
from scribe.db.base import Base

__all__ = ["models"]

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=False)
context.run_migrations()
