"""How long lists, details, searches and statistics take among 100,000 meetings and 2,000,000 segments.

A database and an API process of its own. What requests of each kind ask PostgreSQL is recorded and explained
under the settings that the request made: a sequential scan of meetings or segments makes the benchmark fail.
Search and statistics forbid them, so there this finds only what no index serves; ``…_rows_read`` says how
many rows of the two tables the costliest of those requests looked at. Two people ask: an administrator, who
sees everything, and somebody in five of the 500 projects.
"""

import asyncio
import sys
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from bench.measuring.account import BenchAccount, bench_account
from bench.measuring.own_api import own_api
from bench.measuring.plans import Explained, api_in_this_process
from bench.measuring.reading import Reading, measure, readings
from bench.measuring.seeding import Size, seed
from scribe.settings import Settings, get_settings

FULL = Size(meetings=100_000, segments=2_000_000, projects=500, users=200)
ALONE, CROWD = 1, 50
REQUESTS = {ALONE: 200, CROWD: 200}
EXPLAINED = 5
"""Requests of each kind whose statements are explained."""
PROJECTS_OF_A_MEMBER = 5
ASKED_BY_MEMBER = ("list_first", "search_rare", "search_common", "search_phrase", "statistics")


def bench() -> dict[str, float]:
    """The figures by name."""
    return asyncio.run(run(get_settings(), FULL, REQUESTS))


def ok(figures: dict[str, float]) -> bool:
    """Nothing failed, and no query that was explained scans a large table."""
    return figures["errors"] == 0 and figures["sequential_scans"] == 0


async def run(settings: Settings, size: Size, requests: dict[int, int]) -> dict[str, float]:
    """Seed and measure. ``requests``: how many of each kind, by the number of clients who share them."""
    async with own_api(settings) as api:
        began = time.monotonic()
        await seed(dsn_of(api.settings), size, tell)
        seconds = time.monotonic() - began
        return {"seeding_seconds": seconds, **await measure_seeded(api.settings, requests)}


async def measure_seeded(settings: Settings, requests: dict[int, int]) -> dict[str, float]:
    figures: dict[str, float] = {}
    errors = scans = 0
    connection: asyncpg.Connection = await asyncpg.connect(dsn_of(settings))
    try:
        every = await readings(connection)
        for role, asked in (
            ("admin", every),
            ("member", [reading for reading in every if reading.name in ASKED_BY_MEMBER]),
        ):
            async with person(settings, connection, role) as account:
                for reading, explained in await explain(settings, account, asked):
                    name = named(role, reading)
                    figures[f"{name}_rows_read"] = float(max(each.rows_read for each in explained))
                    scans += sum(len(each.scans) for each in explained)
                for reading in asked:
                    name = named(role, reading)
                    for clients, count in requests.items():
                        latencies = await measure(
                            account.base_url, account.headers, reading, clients=clients, requests=count
                        )
                        errors += latencies.errors
                        for percent in (50, 99):
                            key = f"{name}_{clients}_p{percent}_ms"
                            figures[key] = latencies.percentile_ms(percent)
                    tell(f"measured {name}")
    finally:
        await connection.close()
    return {**figures, "errors": float(errors), "sequential_scans": float(scans)}


@asynccontextmanager
async def person(
    settings: Settings, connection: asyncpg.Connection, role: str
) -> AsyncIterator[BenchAccount]:
    """An administrator, or a member of some projects of middling size."""
    async with bench_account(settings) as account:
        if role == "admin":
            await connection.execute("UPDATE users SET role = 'admin' WHERE id = $1", account.user_id)
        else:
            await join_projects(connection, account.user_id)
        yield account


async def join_projects(connection: asyncpg.Connection, user_id: uuid.UUID) -> None:
    await connection.execute(
        "INSERT INTO project_members (project_id, user_id, role) SELECT project_id, $1, 'editor' FROM"
        " (SELECT project_id FROM meetings GROUP BY project_id ORDER BY count(*) DESC"
        " OFFSET (SELECT count(*) / 4 FROM projects) LIMIT $2)",
        user_id,
        PROJECTS_OF_A_MEMBER,
    )


def named(role: str, reading: Reading) -> str:
    return reading.name if role == "admin" else f"{role}_{reading.name}"


async def explain(
    settings: Settings, account: BenchAccount, asked: list[Reading]
) -> list[tuple[Reading, list[Explained]]]:
    """Explain what some requests of every kind run; sequential scans are shown."""
    async with api_in_this_process(settings, account.headers) as api:
        every = [
            (
                reading,
                [await api.explain(path) for path in dict.fromkeys(map(reading.path, range(EXPLAINED)))],
            )
            for reading in asked
        ]
    for scan in (scan for _, explained in every for each in explained for scan in each.scans):
        tell(f"sequential scan:\n{scan}")
    return every


def dsn_of(settings: Settings) -> str:
    return settings.database.url.get_secret_value().replace("+asyncpg", "")


def tell(sentence: str) -> None:
    """Progress, apart from the figures."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
