"""The benchmark of the API on a small scale: what it seeds, what it asks, and that it sees bad plans."""

import asyncpg
import pytest

from bench import api
from bench.measuring.plans import LARGE_TABLES, plan_of
from bench.measuring.seeding import Size, seed
from scribe.settings import Settings

pytestmark = pytest.mark.integration

SMALL = Size(meetings=60, segments=600, projects=8, users=4)


async def test_exactly_as_much_is_seeded_as_was_asked_for(settings: Settings) -> None:
    told: list[str] = []
    await seed(api.dsn_of(settings), SMALL, told.append)
    connection = await asyncpg.connect(api.dsn_of(settings))
    try:
        counts = [await connection.fetchval(f"SELECT count(*) FROM {table}") for table in LARGE_TABLES]  # noqa: S608
    finally:
        await connection.close()
    assert counts == [SMALL.meetings, SMALL.segments]
    assert told


@pytest.mark.parametrize(
    ("sql", "sequential"),
    [
        ("SELECT count(*) FROM segments WHERE text LIKE $1", True),
        ("SELECT 1 FROM segments WHERE search @@ to_tsquery($1)", False),
    ],
)
async def test_a_plan_that_reads_a_whole_table_is_seen(
    settings: Settings, sql: str, sequential: bool
) -> None:
    connection = await asyncpg.connect(api.dsn_of(settings))
    try:
        await connection.execute("SET enable_seqscan = off")
        plan = await plan_of(connection, (sql, ("word",)))
    finally:
        await connection.close()
    assert plan is not None
    assert plan.scans is sequential


async def test_an_index_that_is_read_from_end_to_end_is_seen_by_its_rows(settings: Settings) -> None:
    await seed(api.dsn_of(settings), SMALL, lambda _: None)
    connection = await asyncpg.connect(api.dsn_of(settings))
    try:
        await connection.execute("SET enable_seqscan = off")
        plan = await plan_of(connection, ("SELECT id FROM meetings WHERE notes LIKE $1 ORDER BY id", ("x%",)))
    finally:
        await connection.close()
    assert plan is not None
    assert not plan.scans
    assert plan.rows_read == SMALL.meetings


async def test_every_kind_of_request_is_answered(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    s3 = settings.s3
    monkeypatch.setenv("SCRIBE_S3__ENDPOINT", s3.endpoint)
    monkeypatch.setenv("SCRIBE_S3__BUCKET", s3.bucket)
    monkeypatch.setenv("SCRIBE_S3__ACCESS_KEY", s3.access_key.get_secret_value())
    monkeypatch.setenv("SCRIBE_S3__SECRET_KEY", s3.secret_key.get_secret_value())
    monkeypatch.setenv("SCRIBE_AUTH__SECRET", settings.auth.secret.get_secret_value())
    figures = await api.run(settings, SMALL, {1: 1, 3: 3})
    assert figures["errors"] == 0
    assert figures["search_phrase_3_p99_ms"] > 0
    assert figures["list_first_rows_read"] > 0
    assert figures["member_statistics_1_p50_ms"] > 0
