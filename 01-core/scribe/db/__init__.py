"""The state: engine, session and models of PostgreSQL."""

from scribe.db.outage import DATABASE_ERRORS, is_outage
from scribe.db.session import Database, Outgoing, announce_after_commit

__all__ = ["DATABASE_ERRORS", "Database", "Outgoing", "announce_after_commit", "is_outage"]
