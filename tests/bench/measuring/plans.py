"""Which plans PostgreSQL makes for the queries that the API really runs."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import httpx
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from scribe.settings import Settings
from scribe_api.main import PREFIX, create_app

LARGE_TABLES = ("meetings", "segments")
SEQUENTIAL = re.compile(rf"Seq Scan on ({'|'.join(LARGE_TABLES)})\b")
_EXPLAINED = re.compile(r"\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
_SETS = "set_config("

Statement = tuple[str, tuple[Any, ...]]


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

    async def sequential_scans(self, path: str) -> list[str]:
        """The statements of a request that read a large table from end to end, each with its plan."""
        self.recorder.statements.clear()
        (await self.client.get(path)).raise_for_status()
        statements = list(self.recorder.statements)
        connection: asyncpg.Connection = await asyncpg.connect(self.dsn)
        try:
            plans = [await plan_of(connection, statement) for statement in statements]
        finally:
            await connection.close()
        return [
            f"{path}\n{statement}\n{plan}"
            for (statement, _), plan in zip(statements, plans, strict=True)
            if SEQUENTIAL.search(plan)
        ]


async def plan_of(connection: asyncpg.Connection, statement: Statement) -> str:
    """The plan for these parameters; settings that a request makes hold for what follows it."""
    sql, parameters = statement
    if _SETS in sql:
        await connection.execute(sql.replace(", true)", ", false)"), *parameters)
        return ""
    if not _EXPLAINED.match(sql):
        return ""
    rows = await connection.fetch(f"EXPLAIN {sql}", *parameters)
    return "\n".join(row[0] for row in rows)


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
