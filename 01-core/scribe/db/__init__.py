"""The state: engine, session and models of PostgreSQL."""

from scribe.db.outage import is_outage
from scribe.db.session import Database, Outgoing, announce_after_commit

__all__ = ["Database", "Outgoing", "announce_after_commit", "is_outage"]
