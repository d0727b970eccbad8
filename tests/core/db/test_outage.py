import errno

import pytest
from asyncpg.exceptions import CannotConnectNowError, UndefinedTableError

from scribe.db import is_outage


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        OSError(errno.EHOSTUNREACH, "no route"),
        CannotConnectNowError("starting up"),
    ],
)
def test_a_database_that_is_away_is_an_outage(error: Exception) -> None:
    assert is_outage(error)


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "disk full"),
        FileNotFoundError(),
        UndefinedTableError("no such table"),
        ValueError(),
    ],
)
def test_a_full_disk_or_a_wrong_statement_is_none(error: Exception) -> None:
    assert not is_outage(error)
