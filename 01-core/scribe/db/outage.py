"""Tell a database that is away from a statement that is wrong."""

import errno
import socket

from asyncpg import PostgresError
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

DATABASE_ERRORS = (SQLAlchemyError, PostgresError, OSError)
"""What a transaction may raise because of the database, whether it is away or the statement is wrong."""

UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN)

# SQLSTATE classes: connection exception, insufficient resources, operator intervention (stop, crash, start)
AWAY = ("08", "53", "57")


def is_outage(error: BaseException) -> bool:
    """Whether PostgreSQL was unreachable, shutting down, starting or full: trying later may help."""
    if isinstance(error, OSError) and error.errno in UNREACHABLE:
        return True
    unreachable = ConnectionError | TimeoutError | socket.gaierror
    if isinstance(error, unreachable | PoolTimeoutError | InterfaceError | OperationalError):
        return True
    if isinstance(error, PostgresError):
        return (error.sqlstate or "").startswith(AWAY)
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        return error.connection_invalidated or state.startswith(AWAY)
    return False
