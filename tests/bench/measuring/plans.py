"""Which plans PostgreSQL makes for the queries that the API really runs, and how many rows they read.

Searches and statistics forbid sequential scans (``scribe.db.plans``), and what is explained here is explained
so too: there, one shows only where no index serves at all, and an index that is read from end to end is none.
So the rows that are read of the large tables are counted as well, by running each statement.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import httpx
from pydantic import BaseModel, Field, TypeAdapter
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from scribe.settings import Settings
from scribe_api.main import PREFIX, create_app

LARGE_TABLES = ("meetings", "segments")
_EXPLAINED = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)
_SETS = "set_config("

Statement = tuple[str, tuple[Any, ...]]


class Node(BaseModel):
    """One step of a plan that was run."""

    kind: str = Field(alias="Node Type")
    table: str | None = Field(default=None, alias="Relation Name")
    rows: float = Field(alias="Actual Rows")
    loops: float = Field(alias="Actual Loops")
    filtered: float = Field(default=0, alias="Rows Removed by Filter")
    rechecked: float = Field(default=0, alias="Rows Removed by Index Recheck")
    steps: list[Node] = Field(default_factory=list, alias="Plans")

    def of_large_tables(self) -> Iterator[Node]:
        """Those of its steps that read a large table."""
        if self.table in LARGE_TABLES:
            yield self
        for step in self.steps:
            yield from step.of_large_tables()

    @property
    def scans(self) -> bool:
        """Whether a large table is read from end to end, and not by an index."""
        return any("Seq Scan" in step.kind for step in self.of_large_tables())

    @property
    def rows_read(self) -> int:
        """How many rows of the large tables are looked at."""
        steps = self.of_large_tables()
        return round(sum((step.rows + step.filtered + step.rechecked) * step.loops for step in steps))


class _Explained(BaseModel):
    plan: Node = Field(alias="Plan")


_PLANS = TypeAdapter(list[_Explained])


@dataclass(frozen=True)
class Explained:
    """A request: those of its statements that scan a large table, with plans, and the rows that all read."""

    scans: list[str]
    rows_read: int


@dataclass
class Recorder:
    """Collects the statements that an engine sends."""

    statements: list[Statement] = field(default_factory=list)

    def listen(self, engine: AsyncEngine) -> None:
        event.listen(engine.sync_engine, "before_cursor_execute", self._record)

    def _record(self, _c: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        self.statements.append((statement, tuple(parameters)))


@dataclass(frozen=True)
class ApiInThisProcess:
    """The API of the settings, with a record of the statements of each request."""

    client: httpx.AsyncClient
    recorder: Recorder
    dsn: str

    async def explain(self, path: str) -> Explained:
        """What the statements of a request do, run once more."""
        self.recorder.statements.clear()
        (await self.client.get(path)).raise_for_status()
        statements = list(self.recorder.statements)
        connection: asyncpg.Connection = await asyncpg.connect(self.dsn)
        try:
            plans = [await plan_of(connection, statement) for statement in statements]
        finally:
            await connection.close()
        known = [(sql, plan) for (sql, _), plan in zip(statements, plans, strict=True) if plan]
        return Explained(
            scans=[f"{path}\n{sql}\n{plan.model_dump_json(indent=2)}" for sql, plan in known if plan.scans],
            rows_read=sum(plan.rows_read for _, plan in known),
        )


async def plan_of(connection: asyncpg.Connection, statement: Statement) -> Node | None:
    """The plan of a query for these parameters; settings that a request makes hold for what follows it."""
    sql, parameters = statement
    if _SETS in sql:
        await connection.execute(sql.replace(", true)", ", false)"), *parameters)
        return None
    if not _EXPLAINED.match(sql):
        return None
    explained = await connection.fetchval(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", *parameters)
    [plan] = _PLANS.validate_json(explained)
    return plan.plan


@asynccontextmanager
async def api_in_this_process(settings: Settings, headers: dict[str, str]) -> AsyncIterator[ApiInThisProcess]:
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        recorder = Recorder()
        recorder.listen(app.state.gateway.database.engine)
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url=f"http://bench{PREFIX}", headers=headers, timeout=60
        ) as client:
            dsn = settings.database.url.get_secret_value().replace("+asyncpg", "")
            yield ApiInThisProcess(client, recorder, dsn)
